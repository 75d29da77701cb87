"""Words and links for the pages of this room: rows come in, what a card shows goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from openhiu.web.design import words as plain
from openhiu.web.directory import hours, needs, queries, words
from openhiu.web.directory.models import Listing
from openhiu.web.directory.night import dial


@dataclass(frozen=True)
class Card:
    """One service as people see it in a list and on its own page."""

    row: Listing
    needs: list[str]
    offers: list[str]
    routes: list[str]
    open_words: str
    open_colour: str
    room_words: str
    room_colour: str
    room_since: str
    checked: str
    week: list[tuple[str, str]]
    where: str
    dial: str
    dial_text: str
    dial_textphone: str

    @property
    def ages(self) -> str:
        """From 18 to 65; nothing when no age is said."""
        first, last = self.row.age_from, self.row.age_to
        if first is None and last is None:
            return ""
        if last is None:
            return f"{first} and over"
        return f"up to {last}" if first is None else f"{first} to {last}"

    @property
    def address(self) -> str:
        """The address on one line."""
        row = self.row
        lines = (row.address_1, row.address_2, row.town, row.postcode)
        return ", ".join(line for line in lines if line)


def card(row: Listing, now: datetime | None = None) -> Card:
    """What a card of one service shows at this moment."""
    open_words, open_colour = _open(row, now or timezone.now())
    return Card(
        row=row,
        needs=needs.labels(row.needs),
        offers=words.labels(row.offers, words.OFFERS),
        routes=words.labels(row.routes, words.ROUTES),
        open_words=open_words,
        open_colour=open_colour,
        room_words=room(row),
        room_colour=words.CAPACITY_COLOURS.get(row.capacity, "grey"),
        room_since=_heard(row),
        checked=checked(row.verified_on),
        week=hours.week_words(row.hours),
        where=", ".join(row.areas),
        dial=dial(row.phone),
        dial_text=dial(row.text_number),
        dial_textphone=dial(row.textphone),
    )


def cards(rows: list[Listing]) -> list[Card]:
    """Cards of several services at one moment."""
    now = timezone.now()
    return [card(row, now) for row in rows]


def _open(row: Listing, now: datetime) -> tuple[str, str]:
    if row.status == Listing.Status.CLOSED_FOR_NOW:
        return "Closed for now", "orange"
    if row.status != Listing.Status.ACTIVE:
        return "Ended", "grey"
    answer = queries.is_open(row, now)
    return {True: ("Open now", "green"), False: ("Closed now", "grey"), None: ("", "")}[answer]


def room(row: Listing) -> str:
    """Whether they have room, in words; nothing while nobody knows."""
    if row.capacity == Listing.Capacity.UNKNOWN:
        return ""
    if row.capacity == Listing.Capacity.WAITING and row.waiting_weeks:
        return f"Waiting list of about {plain.plural(row.waiting_weeks, 'week')}"
    return str(Listing.Capacity(row.capacity).label)


def _heard(row: Listing) -> str:
    if not row.capacity_on:
        return ""
    old = (timezone.localdate() - row.capacity_on).days > words.CAPACITY_DAYS
    heard = f"heard {plain.short_day(row.capacity_on)}"
    by = f" from {plain.initial_lower(row.capacity_said_by)}" if row.capacity_said_by else ""
    return f"{heard}{by}{'; this may have changed' if old else ''}"


def checked(on: date | None) -> str:
    """When somebody last verified it."""
    return f"Verified {plain.day(on)}" if on else "Never verified"


def changes(names: tuple[str, ...] | list[str]) -> str:
    """Columns in words, as one line."""
    return ", ".join(plain.initial_lower(words.LABELS.get(name, name)) for name in names)
