"""What leaves for the evaluation and for reports: the roster for the analyst, a quarter's facts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.access.proof import proved_again
from openhiu.web.casework import facts
from openhiu.web.casework.actions import handing_out
from openhiu.web.casework.forms.stories import QuarterForm
from openhiu.web.casework.quarter import earlier
from openhiu.web.casework.roster import of_those_who_agreed, roster_for
from openhiu.web.casework.views.asking import actor_of


@allow(Permission.DELIVER_EVALUATION)
@require_GET
def show_roster(request: HttpRequest) -> HttpResponse:
    """What the roster is for, how many are on it, and who is left out."""
    actor = actor_of(request)
    roster = of_those_who_agreed(actor, roster_for(actor))
    people = {row["person_ref"] for row in roster.rows}
    told = {
        "people": len(people),
        "started": len({row["person_ref"] for row in roster.rows if row["start_date"]}),
        "left_out": sorted(roster.left_out.items()),
    }
    return render(request, "casework/roster.html", told)


@allow(Permission.DELIVER_EVALUATION)
@proved_again
@require_http_methods(["GET", "POST"])
def take_roster(request: HttpRequest) -> HttpResponse:
    """Hand over the roster to someone who proved who they are a moment ago."""
    if request.method != "POST":  # back from proving it
        messages.info(request, "Thank you. Now download the roster.")
        return redirect("casework:roster")
    roster = handing_out.hand_over_roster(by=actor_of(request))
    return _file(roster.csv, "roster.csv", "text/csv; charset=utf-8")


@allow(Permission.EXPORT_FACTS)
@require_GET
def show_facts(request: HttpRequest) -> HttpResponse:
    """What the facts of a quarter are, and which quarter."""
    form = QuarterForm(initial={"quarter": earlier(2)[1]})
    return render(request, "casework/facts.html", {"form": form})


@allow(Permission.EXPORT_FACTS)
@proved_again
@require_http_methods(["GET", "POST"])
def take_facts(request: HttpRequest) -> HttpResponse:
    """Hand over the facts of one quarter to someone who proved who they are a moment ago."""
    if request.method != "POST":  # back from proving it
        messages.info(request, "Thank you. Now choose the quarter and download its facts.")
        return redirect("casework:facts")
    form = QuarterForm(request.POST)
    if not form.is_valid():
        return render(request, "casework/facts.html", {"form": form}, status=422)
    period = facts.quarter_period(form.cleaned_data["quarter"])
    text = handing_out.hand_over_facts(by=actor_of(request), period=period)
    return _file(text, "service_facts.json", "application/json; charset=utf-8")


def _file(text: str, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
