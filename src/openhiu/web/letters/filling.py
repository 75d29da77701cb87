"""What the record can say in a letter: a case and its writer come in; texts by name go out."""

from __future__ import annotations

from openhiu.web.access.models import Membership, Service
from openhiu.web.casework.models import Case
from openhiu.web.directory import night as directory
from openhiu.web.letters.models import Letterhead
from openhiu.web.team.hours import hours_words

COME_IF = "Your life or someone else's is in danger, or you have hurt yourself."
NIGHT = "Call 111, and press 2 for mental health. In an emergency call 999."


def values(case: Case, writer: Membership, ring: str = "", **asked: str) -> dict[str, str]:
    """Everything a template may name. The plan's own words are the client's."""
    plan, service = case.plan, writer.service
    # The numbers of an area tell where somebody is.
    postcode = "" if case.person.restricted else case.person.postcode
    return {
        "called": case.person.called,
        "lead": writer.user.name,
        "service": service_name(service),
        "ring": ring,
        "hours": hours(service),
        "out_of_hours": plan.out_of_hours.strip() or night(service, postcode),
        "signs": plan.warning_signs.strip(),
        "helps": plan.what_helps.strip(),
        "harms": plan.what_harms.strip(),
        "people": plan.people_to_call.strip(),
        "come_if": plan.come_if.strip() or COME_IF,
        **asked,
    }


def hours(service: Service) -> str:
    """When somebody answers, as a sentence."""
    said = hours_words(service)
    return f"We answer {said}." if said else ""


def night(service: Service, postcode: str = "") -> str:
    """Who answers when we do not: the directory's numbers of the area, or what the service says."""
    own = directory.own_words(service, postcode)
    lines = [f"- {line}" for line in directory.suggested(service, postcode)]
    return own or "\n".join(lines) or NIGHT


def service_name(service: Service) -> str:
    """The name on the letterhead, or the service's own."""
    head = letterhead(service)
    return head.name if head else str(service.name)


def letterhead(service: Service) -> Letterhead | None:
    """What a supervisor set for the top of letters."""
    return Letterhead.objects.filter(service=service).first()
