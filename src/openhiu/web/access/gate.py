"""The gate before every page: which permission it needs, or why it is public. Deny by default.

A view without `allow` or `public` is refused by the tests and by `Gate`, the middleware.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access.audit import Did, record
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.row_security import set_service

View = Callable[..., HttpResponse]


class NotAllowed(Exception):
    """Someone may not do this; the sentence says why, and is shown to them."""


class Missing(Exception):
    """There is no such thing, or none that this person may know of: the answer is the same."""


class Stale(Exception):
    """Someone else saved first. `theirs` and `yours`: what each field says now, by label."""

    def __init__(self, fields: list[tuple[str, str, str]]) -> None:
        self.fields = fields
        super().__init__("someone else saved this first")


@dataclass(frozen=True)
class OwnAccount:
    """A view about one's own account, and why it needs no role.

    `proved`: whether the second factor must be proved first.
    """

    reason: str
    proved: bool = True


def own_account(reason: str, *, proved: bool = True) -> Callable[[View], View]:
    """Mark a view that anyone signed in may call, whatever their role, and say why."""

    def mark(view: View) -> View:
        view.gate = OwnAccount(reason, proved)  # type: ignore[attr-defined]
        return view

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Mark a view that anyone may call, and say why that is right."""

    def mark(view: View) -> View:
        view.gate = reason  # type: ignore[attr-defined]
        return view

    return mark


def allow(permission: Permission) -> Callable[[View], View]:
    """Let a view be called only by a role that has `permission`, inside its service's rows."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor
            set_service(actor.service_id)
            try:
                if not may(actor.role, permission):
                    raise NotAllowed(f"Your role here cannot {permission}.")
                # What a view wrote before it was refused is undone; the record of refusing stays.
                with transaction.atomic():
                    return view(request, *args, **kwargs)
            except NotAllowed as why:
                return _answer(request, 403, "refused", str(why), permission)
            except Missing:
                return _answer(request, 404, "missing", "", permission)

        guarded.gate = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def even_resting(view: View) -> View:
    """Mark a view that somebody may call although nobody confirmed their role: what keeps people
    safe is never shut off by a clock.
    """
    view.even_resting = True  # type: ignore[attr-defined]
    return view


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from one of our pages, or from one too old."""
    return render(request, "design/csrf.html", {"again": request.path}, status=403)


def _answer(
    request: HttpRequest, status: int, result: str, why: str, permission: Permission
) -> HttpResponse:
    actor = request.actor
    record(actor, Did.TRIED, result=result, permission=permission.name)
    return render(request, f"design/{status}.html", {"why": why}, status=status)
