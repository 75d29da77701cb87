"""What every page is told: the request comes in; its frame (design.shell) and who acts go out."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from openhiu.web.access import alerts, data_notices, session
from openhiu.web.access.actor import Actor
from openhiu.web.access.navigation import Item, items_for
from openhiu.web.access.permissions import Permission, may
from openhiu.web.design.shell import Account, Link, SessionClock, Shell

DEMO: Final = "Everyone here is made up. Do not type in anything about a real person."


def who(request: HttpRequest) -> dict[str, Any]:
    """`shell` for the layout, `actor`, and `may`: whether the actor's role has a permission.

    In a template: `{% if may("SEARCH") %}`, by the permission's name.
    """
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "shell": _shell(request, actor),
        "may": _asker(actor),
        "providers": _providers,
        "data_notices": lambda: data_notices.gather(actor),
    }


def _providers() -> list[Link]:
    """The identity providers one can sign in with."""
    return [
        Link(app["name"], reverse("openid_connect_login", args=[app["provider_id"]]))
        for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    ]


def _asker(actor: Actor | None) -> Any:
    return lambda name: actor is not None and may(actor.role, Permission[name])


def _shell(request: HttpRequest, actor: Actor | None) -> Shell:
    demo = DEMO if settings.DEMO else ""
    user = getattr(request, "user", None)
    footer = (*_found("access:about", "About this site"), *_found("privacy:notices", "Privacy"))
    if user is None or not user.is_authenticated:
        return Shell(demo=demo, footer=footer)
    clock = _clock(request)
    if actor is None or getattr(request, "rests", False):
        return Shell(
            demo=demo, session=clock, footer=footer, account=_account(request, user.name, None),
            worried_url=_worried_though_resting(request),
        )  # fmt: skip
    return Shell(
        navigation=tuple(_links(request, actor)),
        account=_account(request, user.name, actor),
        session=clock,
        search_url=_search(actor),
        worried_url=_worried(),
        drafts_url=reverse("access:save_draft"),
        alerts=alerts.gather(actor),
        demo=demo,
        footer=(*footer, *_concern(request)),
    )


def _worried() -> str:
    return next((link.url for link in _found("casework:worried", "")), "")


def _worried_though_resting(request: HttpRequest) -> str:
    """The way to keep someone safe stays on the page of somebody whose role rests."""
    proved = session.proved(request)
    return _worried() if proved and session.resting_membership_of(request) else ""


def _concern(request: HttpRequest) -> list[Link]:
    """Report a safety concern, from this page: the name of its view goes along, no address."""
    match = request.resolver_match
    page = f"?{urlencode({'page': match.view_name})}" if match and match.view_name else ""
    found = _found("assurance:tell_safety", "Report a safety concern")
    return [Link(link.label, link.url + page) for link in found]


def _account(request: HttpRequest, name: str, actor: Actor | None) -> Account:
    links = [*_found("access:account", "Your account")]
    if actor and session.holds_several(request):
        links += _found("access:choose_role", "Change role")
    return Account(
        name=name,
        role=str(actor.role.label) if actor else "",
        service=actor.service.name if actor else "",
        sign_out_url=reverse("access:sign_out"),
        links=tuple(links),
    )


def _clock(request: HttpRequest) -> SessionClock:
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return SessionClock(
        remaining=session.remaining(request),
        state_url=reverse("access:session_state"),
        stay_url=reverse("access:stay"),
        lock_url=f"{reverse('access:lock')}?{back}",
        warn=settings.WARN_SECONDS,
    )


def _links(request: HttpRequest, actor: Actor) -> list[Link]:
    return [link for item in items_for(actor) for link in _link(request, item)]


def _link(request: HttpRequest, item: Item) -> list[Link]:
    found = _found(item.url_name, item.label)
    if not found:
        return []
    url = found[0].url
    current = request.path == url or (url != "/" and request.path.startswith(url))
    return [Link(item.label, url, current=current)]


def _search(actor: Actor) -> str:
    found = _found("people:search", "Find") if may(actor.role, Permission.SEARCH) else []
    return found[0].url if found else ""


def _found(url_name: str, label: str) -> list[Link]:
    """A link, or none while its room is not installed."""
    try:
        return [Link(label, reverse(url_name))]
    except NoReverseMatch:
        return []
