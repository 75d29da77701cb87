"""Does it help? What an evaluation says, drawn from the files it came in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.reporting import presenters, queries
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.models import Evaluation
from openhiu.web.reporting.views import serving
from openhiu.web.reporting.views.serving import actor_of


@allow(Permission.SEE_OUTCOMES)
@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """What the evaluation in force says, or what has to happen before there is one."""
    evaluation = queries.latest_evaluation(actor_of(request))
    if evaluation is None:
        return render(request, "reporting/no_evaluation.html")
    return _page(request, evaluation)


@allow(Permission.SEE_OUTCOMES)
@require_GET
def earlier(request: HttpRequest) -> HttpResponse:
    """Every evaluation received, the one in force first."""
    actor = actor_of(request)
    rows = queries.evaluations(actor)
    record(actor, Did.LISTED, purpose=Purpose.EVALUATION, page="evaluations")
    return render(request, "reporting/earlier.html", {"evaluations": list(rows)})


@allow(Permission.SEE_OUTCOMES)
@require_GET
def one(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """What some evaluation said."""
    return _page(request, queries.evaluation_or_missing(actor_of(request), evaluation_id))


@allow(Permission.SEE_OUTCOMES)
@require_GET
def figure(request: HttpRequest, evaluation_id: UUID, name: str) -> HttpResponse:
    """One figure of an evaluation, for the page that shows it: it is that page that is recorded."""
    if not name.endswith((".svg", ".png")):
        raise Missing
    evaluation = queries.evaluation_or_missing(actor_of(request), evaluation_id)
    try:
        return serving.drawn(queries.evaluation_file(evaluation, name), name)
    except Altered as why:
        return serving.altered(request, why, evaluation)


@allow(Permission.SEE_OUTCOMES)
@require_GET
def file(request: HttpRequest, evaluation_id: UUID, name: str) -> HttpResponse:
    """One file of an evaluation, to be saved."""
    actor = actor_of(request)
    evaluation = queries.evaluation_or_missing(actor, evaluation_id)
    try:
        data = queries.evaluation_file(evaluation, name)
    except Altered as why:
        return serving.altered(request, why, evaluation)
    record(
        actor, Did.EXPORTED, about=evaluation, purpose=Purpose.EVALUATION, what="evaluation",
        file=name, sha256=evaluation.files[name],
    )  # fmt: skip
    return serving.download(data, f"{evaluation.as_of}-{name.rpartition('/')[2]}")


def _page(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    actor = actor_of(request)
    try:
        result, manifest = queries.result_of(evaluation), queries.manifest_of(evaluation)
    except Altered as why:
        return serving.altered(request, why, evaluation)
    record(actor, Did.LOOKED, about=evaluation, purpose=Purpose.EVALUATION, page="outcomes")
    in_force = queries.latest_evaluation(actor)
    try:
        page = presenters.outcomes_page(evaluation, result, manifest, queries.hospitals(actor))
    except presenters.NOT_DRAWN:
        # Made by another version than this one, or not by hiu evaluate: its files stay to be had.
        return render(request, "reporting/unreadable.html", {"evaluation": evaluation}, status=409)
    told = {
        "evaluation": evaluation,
        "in_force": in_force is not None and in_force.pk == evaluation.pk,
        "page": page,
    }
    return render(request, "reporting/outcomes.html", told)
