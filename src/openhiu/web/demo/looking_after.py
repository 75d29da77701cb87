"""How the made-up team is looked after: weeks, leave with cover, talks, training, checks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.team.actions.care import note_check, note_talk, note_training, set_buddy
from openhiu.web.team.actions.hours import set_pattern
from openhiu.web.team.actions.leave import Days, answer_cover, ask_leave
from openhiu.web.team.models import Cover

_WHOLE: Final = [["09:00", "17:00"]] * 5 + [None, None]
_FOUR_DAYS: Final = [*_WHOLE[:4], None, None, None]
_SHORT_DAYS: Final = [["09:30", "14:30"]] * 5 + [None, None]
# Who works how, when they last talked with their supervisor (days ago), and what is due.
_WEEKS: Final = {
    "asha": (_WHOLE, Decimal(1), 12), "bryn": (_FOUR_DAYS, Decimal("0.8"), 20),
    "carla": (_SHORT_DAYS, Decimal("0.6"), 41), "dev": (_WHOLE, Decimal(1), 6),
    "hana": (_WHOLE, Decimal(1), 25),
}  # fmt: skip
_SUBJECTS: Final = (("safeguarding", 400), ("telephone", 380), ("data_security", 350))


def look_after(actors: dict[str, Actor], since: date) -> None:
    """Patterns from the service's first day; talks, training and checks up to now; leave ahead."""
    esther, today = actors["esther"], timezone.localdate()
    for key, (week, wte, talked) in _WEEKS.items():
        member = actors[key].membership
        set_pattern(by=esther, member=member, from_day=since, week=week, wte=wte)
        _care_for(esther, actors[key], today, talked)
    note_check(
        by=esther, member=actors["carla"].membership, issued_on=today - timedelta(days=352),
        checked_on=today - timedelta(days=350), last_four="4471",
    )  # fmt: skip
    set_buddy(by=actors["dev"], member=actors["dev"].membership,
              with_member=actors["asha"].membership)  # fmt: skip


def _care_for(supervisor: Actor, worker: Actor, today: date, talked: int) -> None:
    on = today - timedelta(days=talked)
    member = worker.membership
    note_talk(by=supervisor, member=member, kind="supervision", on=on,
              with_member=supervisor.membership, minutes=60,
              next_on=max(on + timedelta(days=28), today + timedelta(days=3)))  # fmt: skip
    for subject, ago in _SUBJECTS:
        note_training(by=supervisor, member=member, subject=subject,
                      done_on=today - timedelta(days=ago + talked))  # fmt: skip
    if member.role == "lead":
        note_check(by=supervisor, member=member, issued_on=today - timedelta(days=205),
                   checked_on=today - timedelta(days=200), last_four="2210")  # fmt: skip


def go_away_next_week(lead: Actor, cover: Actor) -> None:
    """A week's leave, asked for and covered; the note to the cover is drawn from the record."""
    today = timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    leave = ask_leave(
        by=lead, member=lead.membership, kind="annual",
        days=Days(monday, monday + timedelta(days=4)), covering=[cover.membership],
    )  # fmt: skip
    for asked in Cover.objects.filter(leave=leave, covering=cover.membership):
        answer_cover(by=cover, cover=asked, yes=True)
