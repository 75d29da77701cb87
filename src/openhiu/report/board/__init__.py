"""The quarterly board report: what was evaluated and what the service knows come in; one document
in plain English, and what it told as data, go out.
"""

from openhiu.report.board.make import Board, make, told

__all__ = ["Board", "make", "told"]
