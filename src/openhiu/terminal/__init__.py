"""What a person at a terminal sees: results come in; tables, progress and plain lines go out.

Nothing here decides anything. Output is legible in monochrome, in 80 columns and when piped.
"""

from openhiu.terminal.listing import show_feed, show_list
from openhiu.terminal.printing import show_error, show_lines, working
from openhiu.terminal.receiving import reading, show_received, show_trust
from openhiu.terminal.reports import (
    show_board_report,
    show_demonstration,
    show_evaluation,
    show_folder,
)

__all__ = [
    "reading",
    "show_board_report",
    "show_demonstration",
    "show_error",
    "show_evaluation",
    "show_feed",
    "show_folder",
    "show_lines",
    "show_list",
    "show_received",
    "show_trust",
    "working",
]
