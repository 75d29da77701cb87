"""The caseload taken along for when the service cannot be reached: sealed, for three days."""

from openhiu.web.casework.downtime.sealing import HOURS, seal_page

__all__ = ["HOURS", "seal_page"]
