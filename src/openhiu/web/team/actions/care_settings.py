"""What a service settles for its workers, and the warnings that follow from it by the clock."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Service
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.team import overload, rhythms
from openhiu.web.team.models import CareSettings, DbsCheck
from openhiu.web.team.queries import care
from openhiu.web.team.queries.staff import CARED_FOR, managers_of, page_about

WORDS: Final = {
    "assistance": "Help in confidence",
    "peers": "HIU leads elsewhere",
    "without_check": "While a DBS check is overdue",
    "visit_words": "What to do when someone is not back",
    "visit_phones": "Numbers on the day sheet",
}
_NUMBERS: Final = {
    "tell_after_workdays": (1, 60), "buddy_after_minutes": (5, 120),
    "manager_after_minutes": (5, 240),
}  # fmt: skip


@transaction.atomic
def settle(*, by: Actor, version: int, **said: Any) -> CareSettings:
    """Keep what the service has settled.

    Args:
        by: who manages the team.
        version: of the settings the form was drawn from; 0 where there were none.
        said: fields of CareSettings; `weeks` by kind, `months` by subject, `thresholds` by sign.

    Raises:
        NotAllowed: a number is out of its range.
        Stale: somebody saved first.
    """
    needs(by, Permission.MANAGE_TEAM)
    Service.objects.select_for_update().get(pk=by.service_id)  # two first savings wait in turn
    held = CareSettings.objects.select_for_update().filter(service=by.service).first()
    if (held.version if held else 0) != version:
        raise Stale(_both(held, said))
    _judge(said)
    now = held or CareSettings(service=by.service, version=0)
    changed = [name for name, value in said.items() if getattr(now, name) != value]
    for name in changed:
        setattr(now, name, said[name])
    now.version += 1
    now.save()
    record(by, Did.CHANGED, about=now, fields=sorted(changed))
    return now


def _judge(said: dict[str, Any]) -> None:
    if not set(said) <= {*WORDS, *_NUMBERS, "weeks", "months", "thresholds"}:
        raise NotAllowed("There is no such setting.")
    for name, (least, most) in _NUMBERS.items():
        if name in said and not least <= said[name] <= most:
            raise NotAllowed(f"Choose a number from {least} to {most}.")
    if said.get("manager_after_minutes", 0) < said.get("buddy_after_minutes", 0):
        raise NotAllowed("The manager is told after the buddy, not before.")
    known = {"weeks": rhythms.TALKS, "months": rhythms.SUBJECTS, "thresholds": overload.THRESHOLDS}
    for name, keys in known.items():
        if not set(said.get(name, {})) <= set(keys):
            raise NotAllowed("There is no such setting.")


def _both(held: CareSettings | None, said: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (label, str(getattr(held, name, "")), str(said[name]))
        for name, label in WORDS.items()
        if name in said and str(getattr(held, name, "")) != str(said[name])
    ]


@transaction.atomic
def warn_of_checks(service: Service) -> int:
    """Tell workers, then managers, of DBS checks that come due; each warning once. How many."""
    today = timezone.localdate()
    told = 0
    newest = {row.member.user_id: row for row in _checks(service)}
    for check in newest.values():
        left = (check.due_on - today).days
        reached = [days for days in rhythms.DBS_WARNINGS if left <= days]
        nearest = min(reached, default=None)
        if nearest is None or (
            check.warned_at_days is not None and check.warned_at_days <= nearest
        ):
            continue
        _warn(check, left, rhythms.DBS_WARNINGS[nearest])
        check.warned_at_days = nearest
        check.save(update_fields=["warned_at_days"])
        told += 1
    return told


def _checks(service: Service) -> Any:
    rows = DbsCheck.objects.filter(
        service=service,
        error_at=None,
        member__ended_at=None,
        member__user__is_active=True,
        member__role__in=CARED_FOR,
    )
    return rows.select_related("member__user", "member__service").order_by("checked_on", "noted_at")


def _warn(check: DbsCheck, left: int, whom: tuple[str, ...]) -> None:
    when = f"is due in {left} days" if left > 0 else "is due today" if left == 0 else "is overdue"
    if "worker" in whom:
        announce(to=check.member, words=f"Your DBS check {when}.", link=reverse("team:care"))
    if "manager" in whom:
        for manager in managers_of(check.member):
            announce(
                to=manager,
                words=f"The DBS check of {check.member.user.name} {when}.",
                link=page_about(check.member, manager),
            )
    record(None, Did.CHANGED, about=check, service_id=check.service_id, warned_days=left)


def version_of(by: Actor) -> int:
    """The version a form is drawn from: 0 while nothing was settled."""
    settings = care.settings_of(by.service)
    return 0 if settings._state.adding else int(settings.version)
