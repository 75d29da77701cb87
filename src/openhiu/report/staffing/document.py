"""Staffing as people read it: `Staffing` comes in; the document of two or three pages, and one with
every place, go out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.paper.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Table,
    Verdict,
)
from openhiu.report import printed
from openhiu.report.folder import Missing, missing_note
from openhiu.report.staffing import pictures, shared, words
from openhiu.report.staffing.by_reading import by_reading
from openhiu.report.staffing.shape import Needed, PlaceStaffing, Staffing, WithLeads

TITLE: Final = "How many leads"
_FROM: Final = {"setting": "this place", "default": "usual value", "roster": "own record",
                "data": "the data"}  # fmt: skip
_HOW: Final = (
    "The simulation runs a service week by week, several hundred times for each number of leads. "
    "The people in the tier today wait in a queue; others come into the tier as they did over the "
    "year; some leave it by themselves before anybody has asked them. Each week a lead who is "
    "there and has room asks the next person. Some say yes. Support lasts as long as it lasts, "
    "some are picked up again, and they go first. Every number of leads meets the same people, "
    "lengths and absences."
)
_RANGES: Final = (
    "Each range holds nine in ten of the simulated services. It carries chance, and that nobody "
    "knows the shares and lengths exactly: an assumption counts as no surer than what 20 people's "
    "experience would show."
)
_PRESSED: Final = (
    "The chance of overload is for a service that keeps nobody waiting. One that lets people wait "
    "while a lead is full keeps its limits almost always; what gives way is the wait."
)


def document(staffing: Staffing, missing: tuple[Missing, ...]) -> Document:
    """The two or three pages that somebody decides by."""
    return _document(
        staffing, TITLE, "",
        [
            *missing_note(missing), *_to_look_at(staffing), *_in_short(staffing),
            *_picture(staffing),
            Heading("Leads by each reading"), *by_reading(staffing),
            Heading("What to expect"), *_expect(staffing),
            Heading("What the numbers cannot tell"), Bullets(staffing.limits),
            Heading("What they rest on"), *_rest(staffing),
        ],
    )  # fmt: skip


def by_place(staffing: Staffing) -> Document:
    """Every place with each number of leads that was tried."""
    return _document(
        staffing, TITLE, ", place by place",
        [block for place in staffing.places for block in _one_place(place)],
    )  # fmt: skip


def _document(staffing: Staffing, title: str, more: str, blocks: Sequence[Block]) -> Document:
    when = printed.day(staffing.as_of)
    return Document(
        title=f"{title}: {staffing.area or 'the area'}{more}",
        subtitle=f"Staffing a High Intensity Use service, as of {when}",
        organisation=staffing.area,
        made_for=staffing.as_of,
        summary=f"Leads needed in {staffing.area or 'the area'} by arithmetic and by simulation, "
        f"with costs, waiting, reach and risk of overload, as of {when}.",
        facts=(f"OpenHIU {staffing.openhiu}", f"as of {when}",
               "may be handed on" if staffing.publishable else "internal: not to be handed on"),
        blocks=tuple(blocks), numbered=True,
    )  # fmt: skip


def lines(staffing: Staffing) -> tuple[str, ...]:
    """The answer in a few sentences: on the first page, and at the terminal."""
    told = (_leads(staffing), shared.told(staffing), _what_it_brings(staffing), _apart(staffing),
            shared.elsewhere(staffing))  # fmt: skip
    return tuple(filter(None, told))


def _to_look_at(staffing: Staffing) -> list[Block]:
    if not staffing.warnings:
        return []
    return [Note("Look at this first", staffing.warnings, warning=True)]


def _in_short(staffing: Staffing) -> list[Block]:
    total = staffing.total
    people = f"{total.people:,}" if isinstance(total.people, int) else "not shown"
    more = shared.beside(staffing)
    return [
        Heading("In short"),
        Verdict(lines(staffing), strong=0),
        KeyFigures((
            KeyFigure(people, f"people in the tier of {staffing.tier_label}", "within 12 months"),
            KeyFigure(f"{total.recommended}", "leads recommended", more),
            KeyFigure(printed.pounds(total.cost_a_year), "a year for the leads that are missing",
                      f"{printed.pounds(staffing.lead_cost_a_year)} a lead"),
            KeyFigure(printed.pounds(total.cost_over), f"over {staffing.months} months",
                      "capacity has to be paid for before it releases any"),
        )),
    ]  # fmt: skip


def _leads(staffing: Staffing) -> str:
    total, used = staffing.total, staffing.used
    where = "" if len(staffing.places) < 2 else f" in {len(staffing.places)} places"
    begin = (
        f"By the reading used here ({words.carries(used)} for one lead) "
        f"{printed.leads(total.recommended)} are needed{where}."
    ).replace("1 lead are", "1 lead is")
    if not total.extra:
        return f"{begin} {shared.in_post(staffing)}: none is missing."
    most = "" if total.known else "up to "
    return (
        f"{begin} {shared.in_post(staffing)}, so {most}{total.extra:g} more: "
        f"{printed.pounds(total.cost_a_year)} a year, {printed.pounds(total.cost_over)} over "
        f"{staffing.months} months."
    )


def _what_it_brings(staffing: Staffing) -> str:
    """What the simulation says of the recommended numbers: the place that is reached least."""
    met = [(one, one.with_leads(one.recommended)) for one in staffing.places]
    known = [(place, line) for place, line in met if line is not None]
    if not known:
        return "Nothing was simulated; why stands below."
    place, line = min(known, key=lambda each: each[1].reached.value or 0)
    short = [one.name for one in staffing.places if one.by_leads and _short(one)]
    met_already = [one.name for one in staffing.places if one.by_leads and _met(one)]
    where = f" {place.name} is reached least:" if len(known) > 1 else ""
    told = (
        f"With this number,{where} {words.share(line.reached)} of the tier would be asked within "
        f"12 months, half of the people within {words.weeks(line.wait_median)}."
    )
    if met_already:
        told += (
            f" In {printed.listed(met_already)} it would be too few by the simulation, but those "
            "in post are enough."
        )
    if short:
        return f"{told} By the simulation that is too few in {printed.listed(short)}."
    if met_already:
        return told
    return f"{told} By the simulation that is enough{' everywhere' if len(known) > 1 else ''}."


def _short(place: PlaceStaffing) -> bool:
    """Neither the recommended number is enough, nor are those who are there to stay."""
    return place.enough is None or place.enough > max(place.recommended, place.lasting)


def _met(place: PlaceStaffing) -> bool:
    """The recommended number is too few, but more are in post."""
    return place.enough is not None and place.recommended < place.enough <= place.lasting


def _apart(staffing: Staffing) -> str:
    sums = [one.leads for key, one in staffing.total.needed.items()]
    if min(sums) == max(sums):
        found = staffing.total.needed.values()
        before = Needed(min(one.low for one in found), max(one.high for one in found), 0)
        return (
            "Every reading of the source documents comes to the same number of whole posts; before "
            f"rounding they say {words.before_rounding(before)}."
        )
    return (
        f"The source documents contradict each other: their readings come to between {min(sums)} "
        f"and {max(sums)} leads. Which one holds is a setting, and the table names it."
    )


def _picture(staffing: Staffing) -> list[Block]:
    figure = pictures.at_a_glance(staffing)
    if figure is None:
        return []
    return [figure, Paragraph(f"Enough means: {staffing.enough_means}.", small=True)]


def _expect(staffing: Staffing) -> list[Block]:
    simulated = [one for one in staffing.places if one.by_leads]
    not_done = [f"{one.name}: {one.why_not}" for one in staffing.places if not one.by_leads]
    if not simulated:
        return [Note("Not simulated", tuple(not_done), warning=True)]
    found = [
        pictures.table(simulated, "What to expect, by place and number of leads", short=True),
        *([Paragraph(staffing.capacity.words)] if staffing.capacity else []),
        Paragraph(_PRESSED),
        *_alone(simulated),
    ]
    return [*found, *([Note("Not simulated", tuple(not_done))] if not_done else [])]


def _alone(places: Sequence[PlaceStaffing]) -> list[Block]:
    """One lead alone: nobody is there while she is away."""
    by = [(one, one.with_leads(1), one.with_leads(2)) for one in places if one.recommended == 1]
    told = [(one, single, pair) for one, single, pair in by if single and pair]
    if not told:
        return []
    _, single, pair = told[0]
    names = printed.listed([one.name for one, _, _ in told])
    return [Paragraph(
        f"{names}: one lead alone is away for about {_weeks(single)} a year, and nobody is there. "
        f"With two it is {_about(pair)}. Two places next to each other can share cover.",
    )]  # fmt: skip


def _about(line: WithLeads) -> str:
    return f"about {_weeks(line)}" if round(line.alone.value or 0) else "less than a week"


def _weeks(line: WithLeads) -> str:
    return words.weeks_bare(line.alone.value or 0)


def _rest(staffing: Staffing) -> list[Block]:
    rows = tuple((one.words, one.value, _FROM.get(one.source, one.source), one.why)
                 for one in staffing.settings)  # fmt: skip
    notes = [*staffing.basis, *_notes(staffing.places)]
    return [
        Paragraph(_HOW),
        Paragraph(_RANGES),
        *([Bullets(tuple(notes))] if notes else []),
        Table("Every number that went in", ("What", "Value", "From", "Where it comes from"), rows,
              widths=(4, 1.2, 1.3, 3), sheet="Settings",
              note="A usual value is the programme's or ours until the place writes its own under "
              "[staffing] in its locality file."),
    ]  # fmt: skip


def _notes(places: Sequence[PlaceStaffing]) -> list[str]:
    """The notes of all places, each once, with the places it is of where it is not of all."""
    found: dict[str, list[str]] = {}
    for place in places:
        for note in place.notes:
            found.setdefault(note, []).append(place.name)
    return [
        note if len(names) == len(places) or note.startswith(f"{names[0]}: ")
        else f"{printed.listed(names)}: {note[0].lower()}{note[1:]}"
        for note, names in found.items()
    ]  # fmt: skip


def _one_place(place: PlaceStaffing) -> list[Block]:
    head: list[Block] = [Heading(place.name)]
    if not place.by_leads:
        return [*head, Paragraph(place.why_not)]
    return [
        *head,
        *([Bullets(place.notes)] if place.notes else []),
        pictures.reach(place), pictures.waiting(place),
        pictures.table([place], f"{place.name}, every number of leads that was tried"),
    ]  # fmt: skip
