"""The area and its documents in words: rows come in; what templates draw goes out."""

from openhiu.web.commissioning.presenters.documents import (
    changed_since,
    document_page,
    download_name,
    pieces,
    question,
    steps,
)
from openhiu.web.commissioning.presenters.pages import (
    before_making,
    library,
    overview,
    worked_out,
)
from openhiu.web.commissioning.presenters.setting import (
    by_document,
    contents,
    document_missing,
    history,
    rows,
    service_file,
    still_missing,
)
from openhiu.web.commissioning.presenters.staffing import staffing_page
from openhiu.web.commissioning.presenters.tiers import received, tiers_page

__all__ = [
    "before_making",
    "by_document",
    "changed_since",
    "contents",
    "document_missing",
    "document_page",
    "download_name",
    "history",
    "library",
    "overview",
    "pieces",
    "question",
    "received",
    "rows",
    "service_file",
    "staffing_page",
    "steps",
    "still_missing",
    "tiers_page",
    "worked_out",
]
