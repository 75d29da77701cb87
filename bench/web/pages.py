"""What is measured: a signed-in person comes in; the requests that each page is go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from bench.web.sessions import CSRF
from bench.web_people import TEXTS
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital
from openhiu.web.casework.models import Case

# Sixty searches a minute are allowed to each person: fewer are asked for in one cell.
SEARCHES: Final = 55


@dataclass(frozen=True)
class Page:
    """One kind of page: whose it is and the requests one of them makes, in turn.

    `p95_ms` is what is aimed for with 20 at once; 0 where nothing is.
    """

    name: str
    role: str
    requests: Callable[[Actor], list[dict[str, Any]]]
    at_most: int = 1_000_000
    p95_ms: int = 0


def _get(path: str, shows: str) -> list[dict[str, Any]]:
    return [{"method": "GET", "path": path, "status": 200, "shows": shows}]


def _clients(actor: Actor) -> list[Any]:
    """Their cases; the first is the one with a long story."""
    return list(Case.objects.filter(lead=actor.membership).order_by("person__nhs_number")[:3])


def _health(_actor: Actor) -> list[dict[str, Any]]:
    return _get("/ready", "applied")


def _empty(_actor: Actor) -> list[dict[str, Any]]:
    """The search page before anything was typed: the frame of every page and one box."""
    return _get(reverse("people:search"), "</footer>")


def _active_list(_actor: Actor) -> list[dict[str, Any]]:
    return _get(reverse("casework:active_list"), "app-cards")


def _hospital_list(actor: Actor) -> list[dict[str, Any]]:
    hospital = Hospital.objects.filter(service=actor.service_id).order_by("site_code").first()
    return _get(reverse("intake:hospital_list", args=[hospital.pk]), "250 listed")


def _client(actor: Actor) -> list[dict[str, Any]]:
    return _get(reverse("casework:client", args=[_clients(actor)[0].pk]), "</footer>")


def _activity(actor: Actor) -> list[dict[str, Any]]:
    return _get(reverse("monitoring:activity", args=[_clients(actor)[0].pk]), "</svg>")


def _search(_actor: Actor) -> list[dict[str, Any]]:
    """Different texts, as one types: each is counted as a search, none is answered from before."""
    shows = {"nobody": "Nobody found"}
    return [
        {
            "method": "POST", "path": reverse("people:search"), "status": 200,
            "headers": {"HX-Request": "true"}, "shows": shows.get(name, "Why is someone not here"),
            "body": urlencode({"q": text, "csrfmiddlewaretoken": CSRF}),
        }
        for name, text in TEXTS.items()
    ]  # fmt: skip


def _save_contact(actor: Actor) -> list[dict[str, Any]]:
    path = reverse("casework:record_contact", args=[_clients(actor)[2].pk])
    typed = {
        "csrfmiddlewaretoken": CSRF, "who": "client", "how": "phone", "reached": "yes",
        "what_mattered": "They rang the housing office themselves.", "next_step": "Ring on Monday",
        "began_by": "us", "next_contact": "rhythm",
    }  # fmt: skip
    return [
        {
            "method": "POST", "path": path, "status": 302, "shows": "",
            "location": "/contacts/", "body": urlencode(typed) + "&posted={once}",
        }
    ]  # fmt: skip


PAGES: Final = (
    Page("health check", "lead", _health),
    Page("empty page", "lead", _empty),
    Page("active list, 50 clients", "lead", _active_list),
    Page("hospital list, 250 people", "lead", _hospital_list, p95_ms=300),
    Page("client page", "lead", _client),
    Page("client's activity, 500 attendances", "lead", _activity),
    Page("search, 100,000 people", "supervisor", _search, at_most=SEARCHES, p95_ms=150),
    Page("search, own 50 clients", "lead", _search, at_most=SEARCHES, p95_ms=150),
    Page("saving a contact", "lead", _save_contact, p95_ms=300),
)
EMPTY: Final = "empty page"
