"""The lead's pages of lists: every hospital's latest, who is on it, suggestions, who waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from openhiu.tables.handover import ALL_SITES
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Hospital
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import caseload
from openhiu.web.intake import policies
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.intake.presenters import lists as list_words
from openhiu.web.intake.presenters import rows as row_words
from openhiu.web.intake.queries import lists, pace
from openhiu.web.intake.views.asking_page import actor_of


@allow(Permission.SEE_LIST)
@require_GET
def hospitals(request: HttpRequest) -> HttpResponse:
    """Each hospital's latest list: how old, how many, what was decided, what changed."""
    actor = actor_of(request)
    latest = lists.latest_lists(actor)
    names = lists.hospitals(actor)
    counted = lists.decisions(actor, latest.values())
    changed = {one.pk: lists.changes_of(actor, one) for one in set(latest.values())}
    suggested = {one.pk: lists.suggestions_count(actor, one) for one in set(latest.values())}
    cards: list[dict[str, Any]] = [
        {
            "name": row_words.place_name(list_id, names),
            "url": _list_url(list_id, names),
            "received": received,
            "counts": row_words.count_words(counted.get((received.pk, list_id), {})),
            "changes": changed[received.pk].get(list_id, {}),
            "suggested": suggested[received.pk][list_id],
            "stale": list_words.freshness(received),
        }
        for list_id, received in sorted(latest.items(), key=lambda pair: pair[0] == ALL_SITES)
    ]
    without = [hospital for code, hospital in names.items() if code not in latest]
    standing = caseload.standing(actor)
    choosing = may(actor.role, Permission.CHOOSE)
    pause = pace.pause_words(pace.plan_of(standing)) if choosing else ""
    told = {"cards": cards, "without": without, "standing": standing, "pause": pause}
    return render(request, "intake/hospitals.html", told)


def _list_url(list_id: str, names: dict[str, Hospital]) -> str:
    hospital = names.get(list_id)
    if hospital is None:
        return str(reverse("intake:everywhere"))
    return str(reverse("intake:hospital_list", args=[hospital.pk]))


@allow(Permission.SEE_LIST)
@require_GET
def hospital_list(request: HttpRequest, hospital_id: UUID) -> HttpResponse:
    """The latest list of one hospital."""
    hospital = lists.hospital_or_missing(actor_of(request), hospital_id)
    return _draw_list(request, hospital.site_code, hospital.name)


@allow(Permission.SEE_LIST)
@require_GET
def everywhere(request: HttpRequest) -> HttpResponse:
    """The latest list across every hospital."""
    return _draw_list(request, ALL_SITES, "All hospitals together")


def _draw_list(request: HttpRequest, list_id: str, name: str) -> HttpResponse:
    actor = actor_of(request)
    received = lists.latest_list_or_missing(actor, list_id)
    rows = _with_list(lists.rows_of(actor, received, list_id), received)
    everyone = row_words.shown(actor, rows)
    kept = row_words.filtered([one for one in everyone if not one.died], request.GET.dict())
    suggested = lists.suggestions_count(actor, received)
    record(actor, Did.LISTED, about=received, list_id=list_id, rows=len(kept))
    told = {
        "name": name,
        "received": received,
        "rows": kept,
        "dead": [one for one in everyone if one.died],
        "count_line": row_words.count_line(rows),
        "suggested": suggested[list_id],
        "may_choose": row_words.may_choose(actor, received),
        "known_line": row_words.known_line,
        "actor": actor,
        "sort": request.GET.get("sort", "rank"),
        "chosen": {key: request.GET.get(key, "") for key in ("show", "change", "known")},
        "options": {"show": row_words.SHOWS, "change": row_words.CHANGES,
                    "known": row_words.KNOWNS},
        "stale": list_words.freshness(received),
        "closed": policies.why_closed(received),
        "closes_on": policies.closes_on(received),
    }  # fmt: skip
    return render(request, "intake/hospital_list.html", told)


def _with_list(rows: list[Listed], received: ReceivedList) -> list[Listed]:
    """The rows knowing their list, without asking the database for it 250 times."""
    for row in rows:
        row.received = received
    return rows


@allow(Permission.SEE_LIST)
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """People whose attendances point to vulnerability: apart from the list, and not ranked."""
    actor = actor_of(request)
    names = lists.hospitals(actor)
    found = lists.suggested_rows(actor)
    record(actor, Did.LISTED, rows=len(found), suggestions=True)
    told = {
        "rows": row_words.shown(actor, found),
        "place": {row.pk: row_words.place_name(row.list_id, names) for row in found},
        "known_line": row_words.known_line,
        "actor": actor,
    }
    return render(request, "intake/suggestions.html", told)


@allow(Permission.SEE_LIST)
@require_GET
def undecided(request: HttpRequest) -> HttpResponse:
    """Everyone on the latest lists about whom nothing was decided: the end-of-quarter page."""
    actor = actor_of(request)
    names = lists.hospitals(actor)
    groups: dict[str, list[row_words.Shown]] = {}
    rows = lists.undecided(actor)
    for one in row_words.shown(actor, rows):
        groups.setdefault(row_words.place_name(one.row.list_id, names), []).append(one)
    record(actor, Did.LISTED, rows=len(rows), undecided=True)
    told = {
        "groups": groups,
        "people": len(rows),
        "quarter": caseload.quarter_words(),
        "may_choose": any(row_words.may_choose(actor, row.received) for row in rows[:1]),
        "known_line": row_words.known_line,
        "actor": actor,
    }
    return render(request, "intake/undecided.html", told)


@allow(Permission.SEE_LIST)
@require_GET
def listed(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """One row in full: why, the counted facts, how they are known, what was decided."""
    actor = actor_of(request)
    row = lists.listed_or_missing(actor, row_id)
    (one,) = row_words.shown(actor, [row])
    record(actor, Did.LOOKED, about=row, person=row.person_id, list_id=row.list_id)
    names = lists.hospitals(actor)
    told = {
        "one": one,
        "row": row,
        "received": row.received,
        "place": row_words.place_name(row.list_id, names),
        "list_url": _list_url(row.list_id, names),
        "known_line": row_words.known_line,
        "may_choose": row_words.may_choose(actor, row.received),
        "actor": actor,
    }
    return render(request, "intake/listed.html", told)
