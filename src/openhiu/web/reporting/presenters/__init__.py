"""Words and order of this room's pages: rows and results come in; what is drawn goes out."""

from openhiu.web.reporting.presenters.outcomes import NOT_DRAWN, outcomes_page
from openhiu.web.reporting.presenters.place import logic_model, settings, typed
from openhiu.web.reporting.presenters.reports import (
    decisions,
    download_name,
    files,
    made_before,
    named,
    question,
    received,
    report_page,
    shelf,
    steps,
    waiting,
    web_page_of,
)

__all__ = [
    "NOT_DRAWN",
    "decisions",
    "download_name",
    "files",
    "logic_model",
    "made_before",
    "named",
    "outcomes_page",
    "question",
    "received",
    "report_page",
    "settings",
    "shelf",
    "steps",
    "typed",
    "waiting",
    "web_page_of",
]
