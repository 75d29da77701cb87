"""Words and colours of retention, and the certificate as a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.apps import apps
from django.utils import timezone

from openhiu.paper.blocks import Block, Document, Fields, Note, Paragraph, Table
from openhiu.web.assurance.models.retention import Appraisal, Certificate, Hold
from openhiu.web.assurance.retention.classes import (
    BACKUPS_AGE_OUT,
    BACKUPS_GONE_AFTER,
    CLASSES,
    EVERY,
    RetentionClass,
)
from openhiu.web.assurance.retention.standing import Rules

_S = Appraisal.State
_COLOURS: Final = {
    _S.WAITING: "yellow", _S.PROPOSED: "orange", _S.COOLING: "purple", _S.KEPT: "green",
    _S.REMOVED: "grey", _S.OVERTAKEN: "blue",
}  # fmt: skip
_WHOSE: Final = {
    "access": "Drafts, tokens and quiet words", "people": "Who they were",
    "intake": "Lists, and tries at reaching them", "casework": "The client's record",
    "monitoring": "Activity and early warnings", "mdt": "Meetings and plans",
    "letters": "Letters", "assurance": "Requests, registers and holds",
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """One line of the schedules as people read it."""

    label: str
    kept: str
    counted_from: str
    source: str
    changed: bool


def tag_of(row: Appraisal) -> tuple[str, str]:
    """State and colour."""
    return str(row.get_state_display()), _COLOURS[_S(row.state)]


def class_words(key: str) -> str:
    """A class, or all of them, in words."""
    return "All records of the service" if key == EVERY else CLASSES[key].label


def held_words(hold: Hold) -> str:
    """What a hold covers, naming nobody."""
    return class_words(hold.record_class) if hold.record_class else "One person's record"


def periods(rules: Rules) -> list[Period]:
    """Every class with its number, in words."""
    return [
        Period(
            one.label, _period(one, rules), one.counted_from,
            one.source[:1].upper() + one.source[1:],
            rules.periods.get(key, one.number) != one.number,
        )
        for key, one in CLASSES.items()
    ]  # fmt: skip


def _period(one: RetentionClass, rules: Rules) -> str:
    if one.key == "letters":
        return "With the client's record"
    return _kept(rules.number(one.key), one.unit) if one.number else "Kept"


def _kept(number: int, unit: str) -> str:
    return f"{number} {unit if number != 1 else unit.removesuffix('s')}"


def rows_by_kind(rows: dict[str, int]) -> list[tuple[str, int]]:
    """Rows removed, put together as people think of them."""
    sums: dict[str, int] = {}
    for label, count in rows.items():
        room = label.partition(".")[0]
        sums[_WHOSE.get(room, room)] = sums.get(_WHOSE.get(room, room), 0) + count
    return sorted(sums.items())


def row_words(label: str) -> str:
    """One kind of row in words: "Contact (earlier versions)"."""
    name, _, more = label.partition(" ")
    model = apps.get_model(name)
    said = str(model._meta.verbose_name).capitalize()
    return {"history": f"{said} (earlier versions)", "elsewhere": f"{said} (other lists)"}.get(
        more, said
    )


def backups_gone_on(certificate: Certificate) -> date:
    """From when on no backup has it any more, as long as backups are made."""
    return timezone.localdate(certificate.removed_at) + timedelta(days=BACKUPS_GONE_AFTER)


def facts_of(certificate: Certificate) -> list[tuple[str, str]]:
    """What the certificate says, line by line; nobody is named but who decided."""
    row = certificate.appraisal
    return [
        ("Certificate", f"{certificate.number}"),
        ("Record", row.reference),
        ("Class", class_words(row.record_class)),
        ("Source", CLASSES[row.record_class].source),
        ("Schedules", f"version {row.rules_version}" if row.rules_version else "defaults"),
        ("Why", str(row.get_why_display())),
        ("Last contact", _day(row.last_contact_on)),
        ("Need not be kept from", _day(row.due_on)),
        ("Decided by", _who(row.proposed_by, row.proposed_at)),
        ("Agreed by", _who(row.confirmed_by, row.confirmed_at)),
        ("Removed", _day(timezone.localdate(certificate.removed_at))),
        (
            "Gone from every backup",
            f"by {_day(backups_gone_on(certificate))}, while backups are made",
        ),
    ]


def document(certificate: Certificate, service: str) -> Document:
    """The certificate on paper; the same for the same row."""
    rows: list[tuple[Any, ...]] = [
        (row_words(label), count) for label, count in sorted(certificate.rows.items())
    ]
    blocks: list[Block] = [
        Note(
            "This record no longer exists here",
            (_GONE,),
        ),
        Fields("What was decided", tuple(facts_of(certificate))),
        Table("What was removed or emptied", ("Kind of row", "Rows"), tuple(rows)),
        *(Paragraph(words) for words in certificate.elsewhere),
        Paragraph(_BACKUPS), Paragraph(_LEFT),
    ]  # fmt: skip
    day = timezone.localdate(certificate.removed_at)
    return Document(
        title="Certificate of destruction", blocks=tuple(blocks), made_for=day,
        subtitle=f"Record {certificate.appraisal.reference}", organisation=service,
        summary="That one record was removed when its time had come.",
    )  # fmt: skip


_GONE: Final = (
    "It was removed for good, in every place that this installation keeps. The reference is random "
    "and leads to nobody."
)
_BACKUPS: Final = (
    f"Backups age out after {BACKUPS_AGE_OUT} days, {BACKUPS_GONE_AFTER} at most while backups are "
    "made; when none are made any more, the newest stays until somebody deletes it. Where one is "
    "brought back before that, the record is removed from it again before anybody signs in."
)
_LEFT: Final = (
    "What stays: that somebody was listed and asked, as a count; reports as they were published; "
    "and the audit, which says that a record with this reference was opened, changed and removed."
)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "Not known"


def _who(member: Any, at: Any) -> str:
    if member is None:
        return "Not known"
    return f"{member.user.name}, {member.get_role_display()}, {_day(timezone.localdate(at))}"
