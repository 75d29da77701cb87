"""What software sees of the people who do the work: checks, training, cover, second factors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.factors import proves
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.assurance.ready.lines import Standing, in_place, missing, wrong
from openhiu.web.design.words import plural
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries import care

_WORKERS: tuple[Any, ...] = (Role.LEAD, Role.COVER)
_AHEAD = timedelta(days=60)


def _members(service: Service, *roles: Any) -> list[Membership]:
    """Who has one of these roles and can use it: a role that rests counts for nothing."""
    rows = Membership.objects.filter(service=service, ended_at=None, user__is_active=True)
    rows = resting.at_work(rows.filter(role__in=roles) if roles else rows)
    return list(rows.select_related("user", "service", "team").order_by("user__name"))


def dbs(service: Service) -> Standing:
    """Every lead and cover has a check whose yearly look is not overdue."""
    return _round(service, "DBS check", lambda one: one.what == care.DBS)


def training(service: Service) -> Standing:
    """Every lead and cover has done every training that the service asks for."""
    return _round(service, "training", lambda one: one.what == care.TRAINING)


def supervision(service: Service) -> Standing:
    """Every lead and cover has had or has a day for supervision."""
    return _round(
        service, "supervision", lambda one: one.what == care.TALK and one.kind == "supervision"
    )


def _round(service: Service, what: str, of: Callable[[care.Due], bool]) -> Standing:
    link = reverse("assurance:staff_register")
    workers = _members(service, *_WORKERS)
    if not workers:
        return missing("There is no lead yet.", link)
    due = care.due_for(workers, care.settings_of(service))
    never = _with(due.values(), lambda one: of(one) and one.last_on is None)
    late = _with(due.values(), lambda one: of(one) and one.overdue)
    if late:
        return wrong(f"{plural(late, 'colleague')} with {what} overdue.", link)
    if never:
        return missing(f"{plural(never, 'colleague')} with no {what} noted.", link)
    return in_place(f"In date for {plural(len(workers), 'colleague')}.", link)


def _with(dues: Iterable[list[care.Due]], test: Callable[[care.Due], bool]) -> int:
    return len([1 for mine in dues if any(test(one) for one in mine)])


def buddies(service: Service) -> Standing:
    """Every lead has a buddy."""
    link = reverse("assurance:staff_register")
    leads = _members(service, Role.LEAD)
    bare = len([one for one in leads if care.buddy_of(one) is None])
    if not leads or bare:
        return missing(f"{plural(bare, 'lead')} without a buddy." if leads else "No lead yet.",
                       link)  # fmt: skip
    return in_place(f"{plural(len(leads), 'lead')}, each with a buddy.", link)


def limits(service: Service) -> Standing:
    """What the lead is held to."""
    return in_place(
        f"{service.new_each_quarter} new each quarter, {service.together_low} to "
        f"{service.together_high} together, {service.open_at_most} open at most.",
        reverse("access:settings"),
    )


def cover(service: Service) -> Standing:
    """Somebody can stand in, and leave that was agreed for the next two months is covered."""
    leads = {one.user_id for one in _members(service, Role.LEAD)}
    # People, not roles: a lead who is cover as well cannot stand in for themselves.
    able = len(leads | {one.user_id for one in _members(service, Role.COVER)}) - bool(leads)
    if not able:
        return missing("Nobody can stand in for the lead.", reverse("assurance:home"))
    today = timezone.localdate()
    ahead = Leave.objects.filter(
        service=service, member__role=Role.LEAD, state="agreed", until_day__gte=today,
        from_day__lte=today + _AHEAD,
    )  # fmt: skip
    covered = Cover.objects.filter(leave__in=ahead, answer="yes").values("leave")
    bare = ahead.exclude(pk__in=covered).count()
    if bare:
        return wrong(f"{plural(bare, 'agreed leave')} in the next two months without cover.")
    return in_place(f"{plural(able, 'colleague')} can stand in; agreed leave is covered.")


def second_factor(service: Service) -> Standing:
    """Everybody with a role signs in with more than a password."""
    held = Membership.objects.filter(service=service, ended_at=None, user__is_active=True)
    users = set(held.values_list("user_id", flat=True))
    bare = len(users - set(held.filter(proves()).values_list("user_id", flat=True)))
    if not users or bare:
        return missing(f"{plural(bare, 'account')} without a second factor.",
                       reverse("assurance:staff_register"))  # fmt: skip
    return in_place(f"All {plural(len(users), 'account')}.", reverse("assurance:staff_register"))


def two_people(service: Service) -> Standing:
    """Lists, agreements and accounts need a second person: they are there."""
    users = {role: {one.user_id for one in _members(service, role)} for role in
             (Role.SUPERVISOR, Role.AUDITOR, Role.ANALYST)}  # fmt: skip
    bare = [Role(role).label for role, held in users.items() if not held]
    admins = len({one.user_id for one in _members(service, Role.ADMIN, Role.AUDITOR)})
    if bare:
        return missing(f"Nobody has the role: {', '.join(bare)}.")
    if admins < 2 or len(set().union(*users.values())) < len(users):
        return missing("The same person holds both sides of a decision for two.")
    return in_place("Each role of a decision for two is held by somebody else.")
