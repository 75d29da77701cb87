"""Outside the service's hours every visitor reads that nobody answers now, and who does.

A request comes in; the sentences of the banner go out, or nothing while the service is open. On
the page for signing in the service is not known yet: with several, only what is true for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from openhiu.web.access.models import Role, Service
from openhiu.web.design.words import weekday
from openhiu.web.team import hours

NOT_A_CRISIS_SERVICE: Final = (
    "We are closed now, and this is not a crisis service: nobody reads messages until we are back."
)
EMERGENCY: Final = (
    "In an emergency call 999. For urgent help call 111; press 2 for mental health, day or night."
)
# Pages of the directory that say who answers: for members, and for anyone.
_PAGES: Final = ("directory:out_of_hours", "directory:numbers")
_WHO: Final[list[Callable[[Service], str]]] = []


def who_answers(teller: Callable[[Service], str]) -> None:
    """A room above knows who answers by night; called once when Django is ready."""
    _WHO[:] = [teller]


@dataclass(frozen=True)
class Outside:
    """What the banner says. `back` is empty where several services differ.

    `short`: one line, for a partner who reads the whole on the page their day begins with.
    """

    back: str
    who: str
    url: str
    closed: str = NOT_A_CRISIS_SERVICE
    emergency: str = EMERGENCY
    short: bool = False


def told(request: HttpRequest) -> dict[str, Callable[[], Outside | None]]:
    """For templates: `outside_hours()`, asked only by pages that draw the banner."""
    return {"outside_hours": lambda: outside_hours(request)}


def outside_hours(request: HttpRequest) -> Outside | None:
    """The banner for whoever asks: before signing in, on a partner's pages, on anyone's start page.

    None while the service is open, on other pages, and where the database does not answer.
    """
    actor: Any = getattr(request, "actor", None)
    try:
        if actor is None:
            return _for_anyone(signed_in=_signed_in(request))
        home = request.path == "/"
        if actor.role == Role.PARTNER or home:
            told = _of(actor.service, _page(_PAGES[0]), _who(actor.service))
            return replace(told, short=not home) if told else None
    except DatabaseError:
        return None  # a page that says what went wrong must not go wrong itself
    return None


def _for_anyone(*, signed_in: bool) -> Outside | None:
    few = list(Service.objects.order_by("pk")[:20])
    page = _page(_PAGES[1])
    if not few or any(hours.open_now(one) for one in few):
        return None
    if len(few) == 1 and not signed_in:
        return _of(few[0], page, str(few[0].out_of_hours))
    return Outside("", "", page)


def _who(service: Service) -> str:
    return _WHO[0](service) if _WHO else str(service.out_of_hours)


def _of(service: Service, page: str, who: str) -> Outside | None:
    if hours.open_now(service):
        return None
    opens = hours.opens_next(service)
    back = f"We are back on {weekday(opens)} at {hours.clock_words(opens.time())}."
    return Outside(back, who.strip(), page)


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def _page(name: str) -> str:
    try:
        return str(reverse(name))
    except NoReverseMatch:
        return ""
