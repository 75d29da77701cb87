"""What every request passes: headers on its answer, its session's limits, and the gate."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from openhiu.web.access import drafts, session
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import OwnAccount, csrf_failure
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.access.row_security import set_service

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("openhiu.access")
# Nothing here asks for a sensor, a camera or a position; passkeys are all a page may use.
PERMISSIONS_POLICY: Final = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), picture-in-picture=(), usb=(), xr-spatial-tracking=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
LARGEST: Final = 210_000_000  # the largest upload, 200 MB, and the form around it
LARGEST_BY_STRANGER: Final = 100_000
KEPT: Final = "You were signed out. What you typed was kept and will be here after you sign in."
OUT: Final = "You were signed out because this page was not used for a while."


class Headers:
    """Nothing signed-in is stored by a browser, and no other site may use what is ours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers every answer carries."""
        response = _too_large(request) or self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = "DENY"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """Refuse before anything of it is read: a stranger's form is small, an upload has its limit."""
    stranger = settings.SESSION_COOKIE_NAME not in request.COOKIES
    most = LARGEST_BY_STRANGER if stranger else LARGEST
    if int(request.META.get("CONTENT_LENGTH") or 0) <= most:
        return None
    return HttpResponse("This is larger than anything that can be sent here.", status=413)


class SessionLimits:
    """Ends a session that is idle, too old or ended by someone; what was typed is kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the view is known: the limits are looked at in process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Sign out and lead to the sign-in page, or note that the session is used."""
        if not request.user.is_authenticated:
            return None
        if session.over(request):
            if not needs_someone(view):
                logout(request)
                return None
            return sign_out_and_back(request)
        if not getattr(view, "leaves_clock", False):
            session.touch(request)
        return None


class Gate:
    """Lets nobody through to a view that has not said who may call it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nobody acts until the gate has looked."""
        request.actor = None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Resolve who acts, or lead them to what they have to do first."""
        gate = getattr(view, "gate", None)
        if gate is None:
            log.error("a view without a gate was asked for: %s", getattr(view, "__name__", view))
            raise Http404
        if from_elsewhere(request):
            return csrf_failure(request)
        known = request.user.is_authenticated
        if known and session.proved(request):
            request.actor = actor_of(request)
            if request.actor is None and getattr(view, "even_resting", False):
                request.actor = resting_actor_of(request)
        if not needs_someone(view):
            return None
        if not known:
            return to_sign_in(request)
        return _next_step(request, gate)


def needs_someone(view: Any) -> bool:
    """Whether a view is for someone who has signed in."""
    return isinstance(getattr(view, "gate", None), Permission | OwnAccount)


def from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site made the browser send this; a second look beside the CSRF token."""
    unsafe = request.method not in ("GET", "HEAD", "OPTIONS", "TRACE")
    return unsafe and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _next_step(request: HttpRequest, gate: Permission | OwnAccount) -> HttpResponse | None:
    """What a signed-in person has to do before this view; None: nothing."""
    if isinstance(gate, OwnAccount) and not gate.proved:
        return None
    if not session.proved(request):
        return HttpResponseRedirect(reverse("access:set_up"))
    if isinstance(gate, OwnAccount):
        return None
    actor: Actor | None = request.actor
    if actor is None:
        return HttpResponseRedirect(reverse("access:choose_role"))
    if not session.proved_enough_for(request, actor.role):
        return HttpResponseRedirect(reverse("access:set_up"))
    return None


def actor_of(request: HttpRequest) -> Actor | None:
    """Who acts in this request; None when a role has to be chosen first."""
    membership = session.membership_of(request)
    if membership is None:
        request.session.pop(session.MEMBERSHIP, None)
        return None
    membership.user = request.user
    actor = Actor(user=request.user, membership=membership)
    if session.MEMBERSHIP not in request.session:
        _take_only_role(request, actor)
    return actor


def resting_actor_of(request: HttpRequest) -> Actor | None:
    """Who acts although their role rests, on the few pages that keep people safe; the page shows
    nothing else of the service.
    """
    membership = session.resting_membership_of(request)
    if membership is None:
        return None
    membership.user = request.user
    request.rests = True
    return Actor(user=request.user, membership=membership)


def _take_only_role(request: HttpRequest, actor: Actor) -> None:
    """Someone with one role has it without choosing; from here on the audit knows them."""
    request.session[session.MEMBERSHIP] = str(actor.membership.pk)
    with transaction.atomic():
        set_service(actor.service_id)
        record(actor, Did.SIGNED_IN, factors=sorted(session.second_factors(request)))


def sign_out_and_back(request: HttpRequest) -> HttpResponse:
    """End this session, keep what was being sent, and lead to the sign-in page."""
    kept = _keep_what_was_typed(request)
    where = _where_to_return(request)
    logout(request)
    messages.info(request, KEPT if kept else OUT)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': where})}")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead someone unknown to the sign-in page and remember where they were going."""
    where = urlencode({"next": _where_to_return(request)})
    return HttpResponseRedirect(f"{reverse('account_login')}?{where}")


def _keep_what_was_typed(request: HttpRequest) -> bool:
    key = request.POST.get("draft", "") if request.method == "POST" else ""
    chosen = request.session.get(session.MEMBERSHIP)
    mine = Membership.objects.filter(user_id=request.user.pk)
    membership = mine.filter(pk=chosen).first() if chosen else mine.filter(ended_at=None).first()
    if not key or membership is None:
        return False
    with transaction.atomic():
        set_service(membership.service_id)
        return drafts.keep_draft(membership, key, drafts.fields_of(request.POST))


def _where_to_return(request: HttpRequest) -> str:
    """The page to come back to: this one; for a form its own page; for a button the start."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return request.path if request.POST.get("draft") else "/"
