"""Teams: where one's meetings begin, their members, criteria, the list of people, the figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import NO_NAME, name_in
from openhiu.web.mdt import actions, figures, policies
from openhiu.web.mdt.criteria import CRITERIA
from openhiu.web.mdt.forms import meetings as forms
from openhiu.web.mdt.models import Group
from openhiu.web.mdt.queries import groups as found
from openhiu.web.mdt.queries import meetings as when
from openhiu.web.mdt.queries import minutes, plans
from openhiu.web.mdt.seeing import EVERYTHING

ATTEND, ARRANGE = Permission.ATTEND_MDT, Permission.ARRANGE_MDT


@allow(ATTEND)
@require_GET
def show_meetings(request: HttpRequest) -> HttpResponse:
    """One's teams, the meetings ahead, what one is asked to do, and what waits."""
    actor = actor_of(request)
    mine = minutes.mine(actor)
    told = {
        "groups": found.groups(actor),
        "ahead": when.ahead(actor)[:10],
        "past": when.past(actor)[:5],
        "actions": len(mine.open) + mine.closed,
        "late": len(minutes.overdue(mine.open)),
        "copies_back": len(plans.copies_back(actor)),
        "arranges": policies.arranges(actor),
    }
    return render(request, "mdt/meetings.html", told)


def _memberships(rows: list[Membership]) -> Any:
    chosen = Membership.objects.filter(pk__in=[row.pk for row in rows])
    return chosen.select_related("user", "organisation").order_by("user__name")


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def begin_group(request: HttpRequest) -> HttpResponse:
    """Begin a team."""
    actor = actor_of(request)
    page = Page(title="Begin a team", back=reverse("mdt:meetings"), draft="mdt-group",
                done="The team has begun. Now add its members.")  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        said.pop("version", None)
        group = actions.begin_group(by=actor, **said)
        return reverse("mdt:group", args=[group.pk])

    return ask(request, forms.GroupForm, page, save,
               initial={"coordinator": actor.membership.pk, "minutes_each": 10},
               people=_memberships(found.could_join(actor)))  # fmt: skip


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def change_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Change a team's particulars."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    page = Page(title="Change this team", caption=group.name,
                back=reverse("mdt:group", args=[group.pk]),
                version=lambda: Group.objects.get(pk=group.pk).version)  # fmt: skip
    names = ("name", "chair_as", "rhythm", "minutes_each", "version")
    initial = {name: getattr(group, name) for name in names}
    initial |= {"chair": group.chair_id, "coordinator": group.coordinator_id}
    return ask(
        request, forms.GroupForm, page,
        lambda said: actions.change_group(
            by=actor, group=group, **said | {"version": said["version"] or 0}),
        initial=initial, people=_memberships(found.could_join(actor)),
    )  # fmt: skip


@allow(ATTEND)
@require_GET
def show_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """A team: who is in it, by which rules people are proposed, its meetings."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    told = {
        "group": group,
        "members": found.members(group),
        "criteria": [
            rule.said(group.criteria[key])
            for key, rule in CRITERIA.items()
            if key in group.criteria
        ],
        "ahead": when.ahead(actor).filter(group=group),
        "past": when.past(actor).filter(group=group)[:12],
        "arranges": policies.arranges(actor),
        "sees_figures": _sees_figures(actor, group),
    }  # fmt: skip
    return render(request, "mdt/group.html", told)


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Give someone a seat."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    page = Page(
        title="Add a member", caption=group.name, back=reverse("mdt:group", args=[group.pk]),
        submit="Add", done="They are a member now.",
        note="Leads, cover, supervisors, and partners whose organisation has a sharing agreement "
        "in force. Police and other bodies that enforce the law have no seat.",
    )  # fmt: skip
    return ask(request, forms.MemberForm, page,
               lambda said: actions.add_member(by=actor, group=group, **said),
               people=_memberships(found.could_join(actor, group)))  # fmt: skip


@allow(ARRANGE)
@require_POST
def remove_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """End a seat."""
    actor = actor_of(request)
    member = found.member_or_missing(actor, member_id)
    back = reverse("mdt:group", args=[member.group_id])
    return press(request, lambda: actions.remove_member(by=actor, member=member), back,
                 "They are no longer a member.")  # fmt: skip


@allow(ARRANGE)
@require_http_methods(["GET", "POST"])
def set_criteria(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Agree by which rules people are proposed."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    page = Page(
        title="Who should the team talk about?", caption=group.name,
        back=reverse("mdt:group", args=[group.pk]),
        note="These rules point at people. A person decides about each of them.",
    )  # fmt: skip
    initial: dict[str, Any] = {"rules": list(group.criteria)}
    initial |= {f"n_{key}": n for key, n in group.criteria.items() if n is not None}

    def save(said: dict[str, Any]) -> None:
        wanted = {key: said.get(f"n_{key}") for key in said["rules"]}
        actions.set_criteria(by=actor, group=group, criteria=wanted)

    return ask(request, forms.CriteriaForm, page, save, initial=initial)


@allow(ATTEND)
@require_GET
def show_people(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """The list: whom rules point at, who is proposed, who is on it; each only as far as shared."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    arranges = policies.arranges(actor)
    proposed = found.listings(actor, group, "proposed")
    listed = found.listings(actor, group, "listed")
    pointed = found.candidates(actor, group) if arranges else []
    record(actor, Did.LISTED, page="team list", rows=len(proposed) + len(listed) + len(pointed))
    told = {
        "group": group,
        "pointed": pointed,
        "proposed": [_row(one) for one in proposed],
        "listed": [_row(one) for one in listed],
        "arranges": arranges,
        "decides": arranges or policies.chairs(actor, group),
        "could_propose": [] if arranges else _could_propose(actor, group),
    }
    return render(request, "mdt/people.html", told)


def _could_propose(actor: Any, group: Group) -> list[dict[str, Any]]:
    """People shared with a partner, the meeting included, who are not on this list."""
    return [
        {"case_id": one.case.pk, "name": name_in(one.case.person, one.items)}
        for one in found.shared_and_free(actor, group)
    ]


def _row(one: found.Listed) -> dict[str, Any]:
    """A row of the list in words, only with what its reader may see."""
    row, items = one.row, one.items
    person, rule = row.case.person, CRITERIA.get(row.rule)
    by = row.proposed_by
    return {
        "row": row,
        "name": person.full_name if "name" in items else NO_NAME,
        "died": bool(person.died or person.died_on),
        "lead": row.case.lead.user.name if "phase" in items else "",
        "why": (rule.said(row.group.criteria.get(row.rule)) if rule and rule.item in items else "")
        if row.rule
        else (row.reason if "meeting" in items else ""),
        "by": f"{by.user.name}, {by.organisation.name}" if by and not row.rule else "",
        "case_id": row.case_id if items == EVERYTHING else None,
    }


@allow(ATTEND)
@require_GET
def show_figures(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """How the team does, for the chair and supervisors."""
    actor = actor_of(request)
    group = found.group_or_missing(actor, group_id)
    if not _sees_figures(actor, group):
        raise NotAllowed("The chair and supervisors see how the team does.")
    told = {
        "group": group,
        "organisations": figures.by_organisation(group),
        "quarters": figures.by_quarter(group),
        "stay": figures.stay(group, every=actor.is_(Role.SUPERVISOR)),
        "fewest": figures.FEWEST,
    }
    return render(request, "mdt/figures.html", told)


def _sees_figures(actor: Any, group: Group) -> bool:
    return policies.chairs(actor, group) or actor.is_(Role.SUPERVISOR)
