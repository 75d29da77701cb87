"""The communications plan: the ten groups around a service with where each stands, what it needs to
hear, how, when and from whom; a map of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from openhiu.paper.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from openhiu.paper.quadrant import Placed, quadrant
from openhiu.report.starter_pack.sheet import Paper, Sheet, paper, short
from openhiu.report.starter_pack.source import NOT_NAMED, Source

SHEET: Final = Sheet(
    "communications-plan",
    "Communications plan",
    "Who should hear of the service, what they need from it, and how to ask for their help.",
    "communications leads of all organisations",
    ("area", "date", "communications_lead", "stakeholders", "phone", "out_of_hours"),
)
_HALF: Final = 0.5


@dataclass(frozen=True)
class Group:
    """One group: interest and influence are shares; `also` are other words for it."""

    key: str
    name: str
    interest: float
    influence: float
    hears: str
    how: str
    asks: str
    also: tuple[str, ...] = ()
    who: str = NOT_NAMED


GROUPS: Final = (
    Group("ae", "A&E", 0.9, 0.9, "Who is supported by name, where the client agreed; nobody is "
          "turned away", "Visit to handover; poster; a named consultant and matron",
          "Help to read the first list; tell us when a plan is out of date",
          ("emergency department", "ed", "hospital")),
    Group("gp", "GP practices", 0.75, 0.8, "How they hear about their own people; no work is "
          "passed to them", "Letter to practices; practice managers' meeting",
          "One contact in each practice", ("primary care",)),
    Group("mental_health", "Mental health services", 0.85, 0.75, "What the lead does and what "
          "stays theirs; shared plans", "Joint meeting with crisis and liaison teams",
          "A way in that needs no long form", ("crisis",)),
    Group("drugs", "Drug and alcohol services", 0.7, 0.45, "Warm introductions in place of "
          "referral forms", "Visit and a morning spent together", "A quick first appointment",
          ("alcohol", "addiction", "substance")),
    Group("social", "Social services", 0.6, 0.7, "How concerns are raised; what the lead does not "
          "assess", "Meeting with adult social care and safeguarding",
          "A named duty contact", ("social care", "council")),
    Group("voluntary", "Faith and voluntary groups", 0.85, 0.35, "How they are asked, and that "
          "they are not left alone with somebody", "Breakfast or visit; entry in the directory",
          "Places where somebody is welcome", ("third sector", "charity", "community groups")),
    Group("community", "Community teams", 0.55, 0.4, "Who visits whom, and when",
          "Team meetings: matrons, breathing, falls", "Joint visits where wanted",
          ("matron", "falls", "respiratory")),
    Group("ambulance", "Ambulance service", 0.7, 0.65, "Who has a plan, where the client agreed; "
          "the difference to its own work with people who call often", "Meeting with that team",
          "Tell us of plans that did not work", ("999",)),
    Group("jobs", "Job centre", 0.3, 0.25, "What the service is for", "Leaflet; one named adviser",
          "Patience with appointments in a bad week", ("jobcentre", "work coach", "benefits")),
    Group("housing", "Housing", 0.6, 0.6, "How unsafe housing shows up in A&E",
          "Meeting with the housing options team and large landlords", "A contact for emergencies",
          ("landlord", "homeless")),
)  # fmt: skip
_TOLD: Final = (
    (
        "We ring people who come to hospital most often, ask what would help, and stay beside "
        "those who say yes."
    ),
    "It is kind, voluntary and free. Nobody is punished, warned off or turned away from A&E.",
    (
        "It is not an emergency service and takes few referrals: people come from a list that the "
        "hospital makes by agreed rules."
    ),
    (
        "Nothing about anybody is shared unless they said yes to that organisation, or somebody "
        "is in danger."
    ),
)
_WORDS: Final = (
    ("people who come often; clients once they said yes", "any name for a person made of visits"),
    ("step back, open at a distance", "words that sound like an ending"),
    ("not now; said no", "words that blame someone for saying no"),
    ("picked up again", "words that sound like failing"),
)


def make(source: Source) -> Paper:
    """The plan."""
    groups = groups_of(source)
    blocks: list[Block] = [
        Heading("What everybody hears"),
        Bullets(_told(source)),
        Heading("Words we use"),
        Table("Say, and leave out", ("We say", "We leave out"), _WORDS),
        Heading("When"),
        _when(source),
        Heading("Who stands where"),
        Paragraph(
            "A first guess for every new service: up is how much a group can help or hinder, right "
            "is how much the service matters to it. Move them when you have met them."
        ),
        _map(groups),
        Heading("Group by group"),
        _table(groups),
        Heading("Asking for a hand in the design"),
        Bullets((
            "Ask people who have needed urgent care often, and pay them for their time.",
            "Ask each group two things: what would make this useful to you, and what worries you?",
            "Answer in writing what was changed and what was not.",
        )),
    ]  # fmt: skip
    return paper(source, SHEET, blocks)


def groups_of(source: Source) -> list[Group]:
    """The ten groups with who is who; a line of the settings for none of them is one more."""
    found = {group.key: group for group in GROUPS}
    for line in source.go.stakeholders:
        name, _, who = (part.strip() for part in line.partition(":"))
        if not name:
            continue
        known = next((group for group in GROUPS if _is(group, name)), None)
        if known is None:
            found[name] = Group(name, name, _HALF, _HALF - 0.1, "What the service does, and how "
                                "to reach it", "To be agreed with them", "To be asked",
                                who=who or NOT_NAMED)  # fmt: skip
        elif who:
            before = found[known.key].who
            found[known.key] = replace(
                known, who=who if before == NOT_NAMED else f"{before}; {who}"
            )
    return list(found.values())


def _is(group: Group, name: str) -> bool:
    said = name.casefold()
    return said in (group.key, group.name.casefold(), *group.also)


def _told(source: Source) -> tuple[str, ...]:
    more = [f"To reach us: {source.contact}, weekdays."] if source.contact else []
    if source.out_of_hours:
        more.append(f"At night and at weekends: {source.out_of_hours}.")
    return (*_TOLD, *more)


def _map(groups: list[Group]) -> Figure:
    high = [one.name for one in groups if one.influence >= _HALF <= one.interest]
    return Figure(
        "stakeholder-map",
        quadrant([Placed(one.name, one.interest, one.influence) for one in groups],
                 "How much it matters to them", "How much they can do about it"),
        f"A map of {len(groups)} groups. To be worked with closely, because the service matters to "
        f"them and they can do much about it: {', '.join(high)}. The table below says what each "
        "needs to hear.",
        "The groups around the service",
        Table("Where each group stands, from 0 to 1", ("Group", "Matters to them", "Influence"),
              tuple((one.name, one.interest, one.influence) for one in groups), decimals=2,
              sheet="Stakeholders"),
        data_in_print=False,
    )  # fmt: skip


def _table(groups: list[Group]) -> Table:
    rows = tuple((one.name, one.who, one.hears, one.how, one.asks) for one in groups)
    return Table("What each group needs to hear, how, and what we ask of it",
                 ("Group", "Who", "What they need to hear", "How", "What we ask"), rows,
                 widths=(1.2, 1.1, 1.9, 1.7, 1.5))  # fmt: skip


def _when(source: Source) -> Block:
    schedule = source.schedule
    if schedule is None:
        return Paragraph("Once a go-live date is set, the days stand here: first one message that "
                         "all agree, then the ten groups, then GP practices.")  # fmt: skip
    rows = tuple(
        (one.step.words, "done" if one.done else f"{short(one.begins)} to {short(one.ends)}",
         one.step.evidence)
        for one in (schedule.of(key) for key in ("joint_words", "meet", "gp"))
    )  # fmt: skip
    return Table("Days from the implementation plan", ("What", "Latest days", "What shows it"),
                 rows, widths=(2.4, 1.8, 2))  # fmt: skip
