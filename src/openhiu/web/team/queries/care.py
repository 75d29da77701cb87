"""What is due for whom: supervision, coaching, training, checks; members come in, dates go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership
from openhiu.web.design.words import as_day
from openhiu.web.team import rhythms
from openhiu.web.team.models import Buddy, CareSettings, DbsCheck, Talk, TalkWish, Training

TALK, TRAINING, DBS = "talk", "training", "dbs"


@dataclass(frozen=True)
class Due:
    """One thing that comes round: what, when it last was (None: never noted), when it is due."""

    what: str
    kind: str
    label: str
    last_on: date | None
    due_on: date | None  # None: good for ever
    today: date

    @property
    def overdue(self) -> bool:
        """Its day has passed; a check that ends today is still good today."""
        return self.due_on is not None and self.due_on < self.today

    @property
    def soon(self) -> bool:
        """Within the next two weeks; a DBS check, which takes long to renew, within two months."""
        ahead = max(rhythms.DBS_WARNINGS) if self.what == DBS else rhythms.SOON_DAYS
        return not self.overdue and self.days_left is not None and self.days_left <= ahead

    @property
    def days_left(self) -> int | None:
        """Days until it is due, below nought when overdue."""
        return None if self.due_on is None else (self.due_on - self.today).days


def settings_of(service: Any) -> CareSettings:
    """What a service settled; fresh defaults, not saved, where it has not yet."""
    found: CareSettings | None = CareSettings.objects.filter(service=service).first()
    return found or CareSettings(service_id=getattr(service, "pk", service))


def weeks_of(settings: CareSettings) -> dict[str, int]:
    """Weeks from one talk to the next, by kind; 0: not asked of everybody."""
    return {key: int(settings.weeks.get(key, one.weeks)) for key, one in rhythms.TALKS.items()}


def months_of(settings: CareSettings) -> dict[str, int]:
    """Months a training counts, by subject; 0: for good, -1: not asked."""
    return {key: int(settings.months.get(key, one.months)) for key, one in rhythms.SUBJECTS.items()}


def due_for(members: Iterable[Membership], settings: CareSettings) -> dict[Any, list[Due]]:
    """What comes round for each member, by their key, the soonest first; three queries in all."""
    people = list(members)
    users = [member.user_id for member in people]
    service = settings.service_id
    talks = _newest(Talk.objects.filter(service=service, member__user__in=users), "kind", "on")
    trained = _newest(
        Training.objects.filter(service=service, member__user__in=users), "subject", "done_on"
    )
    checks = _newest(
        DbsCheck.objects.filter(service=service, member__user__in=users), "member", "checked_on"
    )
    return {
        member.pk: sorted(
            [
                *_talks_due(member, talks, weeks_of(settings)),
                *_training_due(member, trained, months_of(settings)),
                _dbs_due(member, {user: row for (user, _), row in checks.items()}),
            ],
            key=lambda due: (due.due_on is None, due.due_on or date.max, due.label),
        )
        for member in people
    }


def due_of(member: Membership) -> list[Due]:
    """The same for one."""
    return due_for([member], settings_of(member.service))[member.pk]


def _newest(rows: QuerySet[Any], kind: str, on: str) -> dict[tuple[Any, Any], Any]:
    """The newest row of each person and kind; what was noted in error counts no more."""
    good = rows.filter(error_at=None).select_related("member").order_by(on, "noted_at")
    return {(row.member.user_id, getattr(row, kind)): row for row in good}


def _talks_due(
    member: Membership, talks: Mapping[tuple[Any, Any], Talk], weeks: Mapping[str, int]
) -> Iterable[Due]:
    for kind, asked in weeks.items():
        last = talks.get((member.user_id, kind))
        if not asked and not (last and last.next_on):
            continue
        begun = last.on if last else as_day(member.granted_at)
        due_on = (last and last.next_on) or begun + timedelta(weeks=asked)
        label = rhythms.TALKS[kind].label
        yield Due(TALK, kind, label, last.on if last else None, due_on, timezone.localdate())


def _training_due(
    member: Membership, trained: Mapping[tuple[Any, Any], Training], months: Mapping[str, int]
) -> Iterable[Due]:
    settled = as_day(member.granted_at) + timedelta(weeks=rhythms.SETTLING_WEEKS)
    for subject, counts in months.items():
        last = trained.get((member.user_id, subject))
        if counts < 0 and not last:
            continue
        due_on = last.expires_on if last else settled
        label = rhythms.SUBJECTS[subject].label
        done = last.done_on if last else None
        yield Due(TRAINING, subject, label, done, due_on, timezone.localdate())


def _dbs_due(member: Membership, checks: Mapping[Any, DbsCheck]) -> Due:
    last = checks.get(member.user_id)
    due_on = last.due_on if last else as_day(member.granted_at)
    checked = last.checked_on if last else None
    return Due(DBS, DBS, "DBS check", checked, due_on, timezone.localdate())


def expires_on(subject: str, done_on: date, settings: CareSettings) -> date | None:
    """When a training ends to count, by the service's months; None: never."""
    months = months_of(settings).get(subject, 0)
    return rhythms.months_after(done_on, months) if months > 0 else None


def pressing(due: Iterable[Due]) -> list[Due]:
    """Those overdue or due soon."""
    return [one for one in due if one.overdue or one.soon]


def talks_of(member: Membership) -> QuerySet[Talk]:
    """A person's talks in any role here, newest first."""
    found = Talk.objects.filter(service=member.service_id, member__user=member.user_id)
    return found.select_related("with_member__user", "noted_by__user").order_by("-on", "-noted_at")


def training_of(member: Membership) -> QuerySet[Training]:
    """A person's training, newest first."""
    found = Training.objects.filter(service=member.service_id, member__user=member.user_id)
    return found.select_related("noted_by__user").order_by("-done_on", "-noted_at")


def checks_of(member: Membership) -> QuerySet[DbsCheck]:
    """A person's DBS checks as far as they are kept, newest first."""
    found = DbsCheck.objects.filter(service=member.service_id, member__user=member.user_id)
    return found.select_related("noted_by__user").order_by("-checked_on", "-noted_at")


def buddy_of(member: Membership) -> Buddy | None:
    """With whom somebody learns now."""
    found: Buddy | None = (
        Buddy.objects.filter(service=member.service_id, member__user=member.user_id, ended_on=None)
        .select_related("with_member__user")
        .order_by("-since")
        .first()
    )
    return found


def wishes(actor: Actor, members: Iterable[Membership]) -> list[TalkWish]:
    """Who of these would like a talk and has not had it, oldest first."""
    found = TalkWish.objects.filter(service=actor.service_id, member__in=list(members), met_at=None)
    return list(found.select_related("member__user").order_by("at"))


def own_wish(actor: Actor) -> TalkWish | None:
    """One's own wish that still waits."""
    found: TalkWish | None = TalkWish.objects.filter(
        service=actor.service_id, member__user=actor.user, met_at=None
    ).first()
    return found


def row_or_missing(actor: Actor, kind: type[Any], row_id: Any, members: Iterable[Any]) -> Any:
    """One row of care about one of these people."""
    users = [member.user_id for member in members]
    found = kind.objects.filter(service=actor.service_id, pk=row_id, member__user__in=users)
    row = found.select_related("member__user").first()
    if row is None:
        raise Missing
    return row
