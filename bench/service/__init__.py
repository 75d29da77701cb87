"""A year of a made-up service, day by day, through the rooms' own actions on a real database.

`python -m bench.service --seeds 200`; a few seeds run in the tests (tests/web/simulation).
"""
