"""The register of staff in words and colours: lines come in, teams with cells go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.factors import PROVIDER
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.resting import CONFIRM_EVERY
from openhiu.web.assurance.models import Registration
from openhiu.web.assurance.queries.staff_register import REGISTRATION_SOON, Line
from openhiu.web.assurance.registers.kinds import BODIES
from openhiu.web.design import words
from openhiu.web.team.queries.care import DBS, TALK, TRAINING, Due
from openhiu.web.team.queries.staff import looked_after

Tag = tuple[str, str]
IN_DATE: Tag = ("In date", "green")
SOON: Tag = ("Due soon", "yellow")
OVERDUE: Tag = ("Overdue", "red")
NONE: Tag = ("Not noted", "red")
_FACTORS = {"webauthn": "passkey", "totp": "app with codes",
            PROVIDER: "their organisation's sign-in"}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: how it stands, in a word with a colour, and the words beside it."""

    tag: Tag
    words: str = ""


@dataclass(frozen=True)
class ShownMember:
    """One row of the register."""

    row: Line
    cells: list[tuple[str, Cell]]  # heading of the column, cell
    care_url: str


def by_team(lines: Iterable[Line], actor: Actor) -> list[tuple[str, list[ShownMember]]]:
    """The rows of each team, those of no team last."""
    cared = set(looked_after(actor).values_list("pk", flat=True)) if _manages(actor) else set()
    teams: dict[str, list[ShownMember]] = {}
    for line in lines:
        name = line.member.team.name if line.member.team else ""
        teams.setdefault(name, []).append(_shown(line, line.member.pk in cared))
    return sorted(teams.items(), key=lambda item: (item[0] == "", item[0]))


def _manages(actor: Actor) -> bool:
    return may(actor.role, Permission.MANAGE_TEAM)


def _shown(line: Line, cared: bool) -> ShownMember:
    works = bool(line.due)
    cells = [
        ("DBS check", _of(line, DBS) if works else Cell(("Not asked", "grey"))),
        ("Registration", _registration(line.registration)),
        ("Training", _of(line, TRAINING) if works else Cell(("Not asked", "grey"))),
        ("Supervision", _of(line, TALK) if works else Cell(("Not asked", "grey"))),
        ("Access confirmed", _access(line)),
        ("Second factor", _factors(line)),
    ]
    url = reverse("team:care_of", args=[line.member.pk]) if cared else ""
    return ShownMember(line, cells, url)


def _of(line: Line, what: str) -> Cell:
    """The most pressing of one sort, and how many more press."""
    found = [one for one in line.of(what) if one.due_on is not None]
    late = [one for one in found if one.overdue]
    soon = [one for one in found if one.soon]
    if late:
        return Cell(NONE if _never(late) else OVERDUE, _said(late))
    if soon:
        return Cell(SOON, _said(soon))
    return Cell(IN_DATE, _said(found[:1]))


def _never(late: list[Due]) -> bool:
    return all(one.last_on is None for one in late)


def _said(pressing: list[Due]) -> str:
    if not pressing:
        return ""
    first = pressing[0]
    more = f", and {len(pressing) - 1} more" if len(pressing) > 1 else ""
    return f"{first.label}: {words.day(first.due_on)}{more}"


def _registration(row: Registration | None) -> Cell:
    if row is None:
        return Cell(("None noted", "grey"), "Only where the profession has a register")
    name = row.body_words or BODIES[row.body]
    figures = f", number ends {row.last_four}" if row.last_four else ""
    said = f"{name}{figures}: until {words.day(row.expires_on)}"
    today = timezone.localdate()
    if row.expires_on < today:
        return Cell(OVERDUE, said)
    return Cell(SOON if row.expires_on - today <= REGISTRATION_SOON else IN_DATE, said)


def _access(line: Line) -> Cell:
    seen = f"; last signed in {words.days_away(line.last_in)}" if line.last_in else ""
    said = f"{words.day(line.confirmed_on)}{seen}"
    if line.rests:
        return Cell(("Rests", "red"), said)
    if line.confirmed_on + CONFIRM_EVERY < timezone.localdate():
        return Cell(OVERDUE, f"{said}. Rests from {words.day(line.rests_on)}")
    return Cell(IN_DATE, said)


def _factors(line: Line) -> Cell:
    if not line.factors:
        return Cell(("None yet", "red"), "They see nothing before they have one")
    return Cell(("In use", "green"), ", ".join(_FACTORS.get(one, one) for one in line.factors))
