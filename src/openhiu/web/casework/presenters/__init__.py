"""Words for what the rows of casework say; no reads, no writes."""

from openhiu.web.casework.presenters.client import client_tabs

__all__ = ["client_tabs"]
