"""`python -m openhiu.cli` is `hiu`."""

from openhiu.cli import run

run()
