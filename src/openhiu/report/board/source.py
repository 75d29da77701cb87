"""What a board report is written from: an evaluation, disclosed facts, a place and the last report.

Every section takes a `Source` and gives blocks; nothing else reaches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openhiu.locality import Locality
from openhiu.report.board.evidence import Evidence
from openhiu.report.facts import Count, Facts
from openhiu.report.last import Last


@dataclass(frozen=True)
class Source:
    """One report's matter. `facts` are disclosed; None where no facts were given."""

    evidence: Evidence
    facts: Facts | None
    locality: Locality
    as_of: date
    last: Last | None = None

    @property
    def name(self) -> str:
        """What the service is called."""
        if self.facts and self.facts.service:
            return self.facts.service
        place = self.locality.name
        return f"{place} High Intensity Use service" if place else "High Intensity Use service"

    @property
    def organisation(self) -> str:
        """Who runs it, as the head of the page has it."""
        return (self.facts.organisation if self.facts else "") or self.locality.name

    @property
    def period(self) -> str:
        """Such as July to September 2026; without facts the day the report is of."""
        return self.facts.period if self.facts else ""

    @property
    def last_quarter(self) -> Last | None:
        """The last report where it is of another quarter: an earlier edition is no comparison."""
        return self.last if self.last and self.last.period != self.period else None

    def before(self, key: str) -> Count:
        """The same figure in the last report."""
        return self.last.figure(key) if self.last else None


def site_words(source: Source, site: Mapping[str, Any]) -> str:
    """What people call a hospital."""
    code = str(site.get("site", ""))
    named = source.locality.site_name(code)
    return named if named != code else str(site.get("name") or code)
