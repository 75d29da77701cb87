"""The agreed plan of a person: the client's tab, writing and agreeing a version, its copies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.lawful import agreements_in_force
from openhiu.web.access.models import Organisation
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions.consent import months_on
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.client import frame, read
from openhiu.web.mdt import actions, policies
from openhiu.web.mdt.actions.plans import GOOD_FOR_MONTHS
from openhiu.web.mdt.forms import plans as forms
from openhiu.web.mdt.models import AgreedPlan, GroupMember, Slot
from openhiu.web.mdt.presenters.sheet import state_of
from openhiu.web.mdt.queries import plans as found
from openhiu.web.mdt.queries.groups import listing_of, members
from openhiu.web.mdt.queries.minutes import actions_of
from openhiu.web.mdt.seeing import EVERYTHING
from openhiu.web.mdt.telling import decided, expiry_words, version_words, who_words

ATTEND, OPEN = Permission.ATTEND_MDT, Permission.OPEN_CLIENT


@allow(OPEN)
@require_GET
def show_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The client's tab: the plan in force, who agreed, what was decided, what is being done."""
    reading = read(request, case_id, "agreed plan")
    case = reading.case
    writes = not reading.read_only and not _why_not_write(request, case)
    draft, plan = found.draft_of(case), found.latest(case)
    told = {
        "plan": plan,
        "rows": found.rows_of(plan) if plan else [],
        "in_force": found.in_force(case),
        "draft": draft,
        "draft_rows": (draft_rows := found.rows_of(draft) if draft else []),
        "without_copy": found.without_copy(case, draft_rows),
        "versions": found.versions(case)[1:],
        "copies": found.copies_of(case),
        "listings": listing_of(case),
        "decided": decided(case, EVERYTHING),
        "actions": actions_of(case, EVERYTHING),
        "writes": writes,
        "tags": state_of,
        "expiry": expiry_words, "version_words": version_words, "who_words": who_words,
    }  # fmt: skip
    return render(request, "mdt/client.html", frame(request, reading, "agreed") | told)


def _why_not_write(request: HttpRequest, case: Case) -> str:
    try:
        policies.must_write_plan(actor_of(request), case)
    except NotAllowed as why:
        return str(why)
    return ""


def tab_of(case_id: Any) -> str:
    """The client's tab of this room."""
    return reverse("mdt:client", args=[case_id])


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def write_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write on a version; the first look begins one only when it is saved."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    draft = found.draft_of(case)
    before = draft or found.latest(case)
    page = Page(
        title="Write the plan" if draft or not before else "A new version of the plan",
        caption=case.person.full_name, back=tab_of(case.pk), draft=f"agreed:{case.pk}",
        done="Saved. Add who does what, then have it agreed.",
        version=lambda: AgreedPlan.objects.get(case=case, state="draft").version,
    )  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        plan = actions.begin_plan(by=actor, case=case)
        version = said.pop("version") or (0 if draft else plan.version)
        actions.change_plan(by=actor, plan=plan, version=version, **said)

    initial = {
        "signs": before.signs if before else case.plan.warning_signs,
        "helps": before.helps if before else case.plan.what_helps,
        "come_if": before.come_if if before else case.plan.come_if,
        "version": draft.version if draft else None,
    }
    return ask(request, forms.PlanForm, page, save, initial=initial)


def organisations(actor: Any) -> Any:
    """Those a sharing agreement is in force with, and the service's own."""
    agreed = agreements_in_force(actor.service_id).values("organisation")
    return Organisation.objects.filter(pk__in=agreed).order_by("name")


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def add_row(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Who does what."""
    actor = actor_of(request)
    plan = found.plan_or_missing(actor, plan_id)
    page = Page(title="Who does what?", caption=plan.case.person.full_name,
                back=tab_of(plan.case_id), draft=f"agreed-row:{plan.pk}",
                done="Added.")  # fmt: skip
    return ask(request, forms.RowForm, page,
               lambda said: actions.add_row(by=actor, plan=plan, **said),
               organisations=organisations(actor))  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def change_row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Say it otherwise."""
    actor = actor_of(request)
    row = found.row_or_missing(actor, row_id)
    page = Page(title="Who does what?", caption=row.plan.case.person.full_name,
                back=tab_of(row.plan.case_id))  # fmt: skip
    initial = {name: getattr(row, name) for name in ("who", "does", "call", "hours")}
    return ask(request, forms.RowForm, page,
               lambda said: actions.change_row(by=actor, row=row, **said),
               initial=initial | {"organisation": row.organisation_id},
               organisations=organisations(actor))  # fmt: skip


@allow(ATTEND)
@require_POST
def remove_row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """They are no part of it."""
    actor = actor_of(request)
    row = found.row_or_missing(actor, row_id)
    return press(request, lambda: actions.remove_row(by=actor, row=row),
                 tab_of(row.plan.case_id), "Taken away.")  # fmt: skip


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def agree_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Have a version agreed: by whom, when, until when, and what the client says."""
    actor = actor_of(request)
    plan = found.plan_or_missing(actor, plan_id)
    people = _who_could(plan.case)
    today = timezone.localdate()
    page = Page(title="Agree this version", caption=plan.case.person.full_name,
                back=tab_of(plan.case_id), submit="Agree",
                note="The version before is replaced, and holders of its copies are asked to "
                "destroy or replace them. Members whose organisation may not have this plan are "
                "not in the list: they cannot agree it.",
                done="Agreed. Share it, and give copies to those who need one.")  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        there = [one for one in people if str(one.pk) in said["there"]]
        actions.agree_plan(
            by=actor, plan=plan, there=there, agreed_on=said["agreed_on"],
            expires_on=said["expires_on"], meeting=_meeting(plan.case),
            client_says=said["client_says"],
            client_words=said["words_agreed"] or said["words_seen"] or "",
        )  # fmt: skip

    initial = {"agreed_on": today, "expires_on": months_on(today, GOOD_FOR_MONTHS)}
    return ask(request, forms.AgreeForm, page, save, initial=initial, members=people)


def _who_could(case: Case) -> list[GroupMember]:
    """Members of the teams on whose list someone is; of any team where they are on none. Only
    those who may read the plan.
    """
    rows = [row for row in listing_of(case) if row.state == "listed"]
    if rows:
        return found.who_may_agree(case, [one for row in rows for one in members(row.group)])
    every = GroupMember.objects.filter(service=case.service_id, left_at=None)
    chosen = every.select_related("membership__user", "membership__organisation")
    return found.who_may_agree(case, chosen.order_by("membership__user__name"))


def _meeting(case: Case) -> Any:
    slot = Slot.objects.filter(case=case, talked_at__isnull=False).order_by("-talked_at").first()
    return slot.meeting if slot else None


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def note_client(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What the client says about the plan."""
    actor = actor_of(request)
    plan = found.plan_or_missing(actor, plan_id)
    page = Page(title="What they say about the plan", caption=plan.case.person.full_name,
                back=tab_of(plan.case_id), done="Noted.")  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        actions.note_client(
            by=actor, plan=plan, client_says=said["client_says"], client_on=said["client_on"],
            client_words=said["words_agreed"] or said["words_seen"] or "",
        )  # fmt: skip

    return ask(request, forms.ClientSaysForm, page, save)


@allow(ATTEND)
@require_POST
def end_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """There is no plan any more."""
    actor = actor_of(request)
    plan = found.plan_or_missing(actor, plan_id)
    return press(request, lambda: actions.end_plan(by=actor, plan=plan), tab_of(plan.case_id),
                 "Ended. Holders of copies are asked to destroy them.")  # fmt: skip
