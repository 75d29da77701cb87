"""What software sees of law and information: officers, assessments, gateways, agreements."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from openhiu.web.access import lawful, resting
from openhiu.web.access.models import Agreement, Hospital, Membership, Organisation, Role, Service
from openhiu.web.access.models.lawful import State
from openhiu.web.assurance.models import Assessment, Officer, PublishedText
from openhiu.web.assurance.ready.lines import Noted, Standing, in_place, missing, wrong
from openhiu.web.design.words import day, plural

_OVER = (State.ENDED, State.SUPERSEDED)


def officer(post: str) -> Callable[[Service], Standing]:
    """Whether somebody is named for a post."""

    def look(service: Service) -> Standing:
        link = reverse("assurance:officers")
        found = Officer.objects.filter(service=service, post=post, until=None).first()
        if found is None:
            return missing(f"No {Officer.Post(post).label} is named.", link)
        return in_place(f"{found.name}, named on {day(found.named_at)}.", link)

    return look


def named_by(post: str) -> Callable[[Service], Noted | None]:
    """Who named somebody for a post."""

    def noted(service: Service) -> Noted | None:
        rows = Officer.objects.filter(service=service, post=post, until=None)
        found = rows.select_related("named_by").first()
        return Noted(found.named_by.user_id, found.named_at) if found else None

    return noted


def safeguarding(service: Service) -> Standing:
    """A safeguarding lead is named, and somebody here holds that role."""
    named = officer("safeguarding")(service)
    if not named.good:
        return named
    held = Membership.objects.filter(
        service=service, role=Role.SAFEGUARDING, ended_at=None, user__is_active=True
    )
    if not resting.at_work(held).exists():
        return missing("Nobody has the role of safeguarding lead here.", reverse("assurance:home"))
    return named


def assessment(kind: str) -> Callable[[Service], Standing]:
    """Whether an impact assessment of this kind is signed and its review has not passed."""

    def look(service: Service) -> Standing:
        link = reverse("assurance:assessments")
        rows = Assessment.objects.filter(service=service, kind=kind).exclude(state="ended")
        every = [(one, one.why_not_hold()) for one in rows.order_by("-signed_on")]
        for one, why in every:
            if not why:
                return in_place(
                    f"{one.reference}, signed on {day(one.signed_on)}, to be looked at again on "
                    f"{day(one.review_on)}.",
                    reverse("assurance:assessment", args=[one.pk]),
                )
        if every:
            one, why = every[0]
            there = reverse("assurance:assessment", args=[one.pk])
            return (wrong if one.signed_on else missing)(f"{one.reference}: {why}", there)
        return missing("None is registered.", link)

    return look


def gateways(service: Service) -> Standing:
    """Every hospital that sends a list has a gateway in force for it."""
    link = reverse("assurance:gateways")
    rows = Hospital.objects.filter(service=service).select_related("organisation")
    bodies = {one.organisation_id: one.organisation for one in rows}
    if not bodies:
        return missing("No hospital is set up.", link)
    lacking = [one.name for key, one in bodies.items()
               if not lawful.grounds(service.pk, key, lawful.LIST)]  # fmt: skip
    if lacking:
        return missing(f"Nothing in force covers a list from {', '.join(sorted(lacking))}.", link)
    return in_place(f"In force with {plural(len(bodies), 'hospital trust')}.", link)


def agreements(service: Service) -> Standing:
    """At least one in force, none waiting for a signature or past its end, partners covered."""
    link = reverse("assurance:agreements")
    every = Agreement.objects.filter(service=service).exclude(state__in=_OVER)
    rows = list(every.select_related("organisation"))
    holding = [one for one in rows if lawful.in_force(one)]
    if not holding:
        return missing("No sharing agreement is in force.", link)
    covered = {one.organisation_id for one in holding}
    partners = Organisation.objects.filter(
        pk__in=Membership.objects.filter(service=service, role=Role.PARTNER, ended_at=None).values(
            "organisation"
        )
    )
    bare = sorted(one.name for one in partners if one.pk not in covered)
    if bare:
        return wrong(f"Partners without one in force: {', '.join(bare)}.", link)
    waiting = len([one for one in rows if not lawful.in_force(one) and one.number == 1])
    if waiting:
        return wrong(f"{plural(waiting, 'agreement')} not agreed, not signed or past the end.",
                     link)  # fmt: skip
    old = len([one for one in holding if one.state == State.STANDING])
    if old:
        return wrong(f"{plural(old, 'agreement')} without signatures here: agree anew.", link)
    return in_place(f"{plural(len(holding), 'agreement')} signed and in force.", link)


def notice(service: Service) -> Standing:
    """The privacy notice is published."""
    rows = PublishedText.objects.filter(service=service, kind="notice").order_by("-number")
    found = rows.first()
    if found is None:
        return missing("No privacy notice is published.")
    return in_place(f"Privacy notice, version {found.number}, {day(found.published_on)}.")


def consent_again(service: Service) -> Standing:
    """Every yes has a day at which it is asked for again: the service's review months."""
    months = plural(service.consent_review_months, "month")
    return in_place(f"Every yes is asked for again after {months}.", reverse("access:settings"))
