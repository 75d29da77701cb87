"""What certificates promise about backups is what the shelf of backups does."""

from __future__ import annotations

from datetime import UTC, date, datetime

from openhiu.web.assurance.models.retention import Appraisal, Certificate
from openhiu.web.assurance.presenters import retention as words
from openhiu.web.assurance.retention import classes
from openhiu.web.config.backup import shelf


def test_what_is_promised_is_how_long_the_shelf_keeps() -> None:
    assert (classes.BACKUPS_AGE_OUT, classes.BACKUPS_GONE_AFTER) == (
        shelf.DAYS_KEPT, shelf.DAYS_AT_MOST,
    )  # fmt: skip


def test_a_certificate_names_the_last_day_and_what_it_depends_on() -> None:
    row = Appraisal(record_class="client", reference="K-7QX2MRTA")
    made = Certificate(removed_at=datetime(2026, 11, 1, 3, tzinfo=UTC), rows={}, appraisal=row)
    assert words.backups_gone_on(made) == date(2026, 12, 20)
    told = dict(words.facts_of(made))
    assert told["Gone from every backup"] == "by 20 December 2026, while backups are made"
    assert "35 days, 49 at most while backups are made" in words._BACKUPS
