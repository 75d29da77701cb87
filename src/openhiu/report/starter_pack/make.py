"""Making the starter pack whole: the place, the criteria and tiers where there are some come in; a
folder of drafts with a front sheet goes out. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from openhiu.paper.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from openhiu.report import printed
from openhiu.report.folder import Folder, Missing
from openhiu.report.starter_pack import (
    communications,
    consent_form,
    equality,
    implementation_plan,
    job,
    logic,
    privacy_impact,
    readiness,
    sharing_agreement,
)
from openhiu.report.starter_pack.sheet import Paper, Sheet, day, paper, short
from openhiu.report.starter_pack.source import Source

WHAT: Final = "starter-pack"
FRONT: Final = Sheet("front-sheet", "Starter pack", "What is in the pack, what each paper is for, "
                     "and who signs it.", "")  # fmt: skip
_ORDER: Final = (
    "Set the go-live date and read the implementation plan.",
    ("Name the people who answer for information; give them the two assessments, the agreement and "
     "the consent form together."),
    "Put the advert out while they read.",
    "Go through the readiness check two days before the first call.",
)  # fmt: skip
_MAKERS: Final = (
    implementation_plan.make, readiness.make, job.description, job.advert, communications.make,
    logic.make, sharing_agreement.make, privacy_impact.make, equality.make, consent_form.plain,
    consent_form.large, consent_form.easy,
)  # fmt: skip


def make(source: Source, inputs: Mapping[str, bytes] | None = None) -> Folder:
    """The pack as a folder: `inputs` are the files that it was made from."""
    papers = [maker(source) for maker in _MAKERS]
    front = _front(source, papers)
    return Folder(
        what=WHAT,
        title=f"Starter pack, {source.area}",
        documents=(front.written, *(one.written for one in papers)),
        told=told(source, papers),
        about={"as_of": source.as_of.isoformat(), "area": source.area,
               "criteria": source.criteria.name},
        inputs=inputs or {},
        missing=_together(papers),
        warnings=warnings(source),
    )  # fmt: skip


def warnings(source: Source) -> tuple[str, ...]:
    """What needs a person besides what was not said."""
    schedule = source.schedule
    found = []
    if schedule and not schedule.in_time:
        found.append(
            f"Going live on {day(schedule.goes_live)} is too soon: "
            f"{len(schedule.late)} steps cannot be done in time. The earliest day is "
            f"{day(schedule.earliest)}."
        )
    if schedule and not source.days.open(schedule.goes_live):
        found.append(f"{day(schedule.goes_live)} is not a working day.")
    return tuple(found)


def lines(source: Source, folder: Folder) -> tuple[str, ...]:
    """The answer in a few sentences."""
    schedule = source.schedule
    told = [f"{len(folder.documents)} documents, all of them drafts."]
    if schedule and schedule.in_time:
        if first := schedule.next:
            told.append(f"Going live on {day(schedule.goes_live)} can be kept: "
                        f"{first.step.words.lower()} by {day(first.begins)}.")  # fmt: skip
    elif schedule is None:
        told.append("No go-live date is set, so no step has a day.")
    return tuple(told)


def told(source: Source, papers: list[Paper]) -> dict[str, Any]:
    """The pack as plain data."""
    schedule = source.schedule
    return {
        "what": WHAT,
        "area": source.area,
        "service": source.service,
        "as_of": source.as_of.isoformat(),
        "goes_live": schedule.goes_live.isoformat() if schedule else None,
        "earliest": schedule.earliest.isoformat() if schedule else None,
        "in_time": schedule.in_time if schedule else None,
        "steps": [
            {"key": one.step.key, "words": one.step.words, "owner": one.step.owner,
             "takes": one.step.takes, "after": list(one.step.after),
             "begins": one.begins.isoformat(), "ends": one.ends.isoformat(),
             "slack": one.slack, "done": one.done}
            for one in (schedule.steps if schedule else ())
        ],
        "documents": [
            {"file": one.sheet.stem, "title": one.sheet.title, "purpose": one.sheet.purpose,
             "signs": one.sheet.signs, "missing": [asdict(lack) for lack in one.missing]}
            for one in papers
        ],
    }  # fmt: skip


def _together(papers: list[Paper]) -> tuple[Missing, ...]:
    """Everything that was not said, each once."""
    return tuple(dict.fromkeys(lack for one in papers for lack in one.missing))


def _front(source: Source, papers: list[Paper]) -> Paper:
    rows = tuple(
        (one.sheet.title, one.sheet.stem, one.sheet.purpose, printed.capital(one.sheet.signs),
         len(one.missing))
        for one in papers
    )  # fmt: skip
    return paper(source, FRONT, [
        *_still_to_be_said(papers),
        Paragraph(
            f"Everything {source.service} needs on paper before it starts, filled from the "
            f"settings of {source.area}. Each paper is there as Word, to be edited, and as PDF, to "
            f"be read. {_when(source)}"
        ),
        Table("What is in it", ("Paper", "File", "What it is for", "Who signs", "To be said"), rows,
              widths=(1.5, 1.6, 2.2, 1.7, 0.6)),
        Heading("In which order"),
        Bullets(_ORDER, numbered=True),
        Heading("How to make it again"),
        Paragraph(
            "Write what is missing into the locality file and run the command again: unchanged "
            "settings give the same files. Words changed in Word are not kept by that, so change "
            "settings first and words last."
        ),
    ])  # fmt: skip


def _when(source: Source) -> str:
    schedule = source.schedule
    if schedule is None:
        return "No go-live date is set yet."
    kept = (
        "The date can be kept."
        if schedule.in_time
        else f"It is too soon; the earliest day is {short(schedule.earliest)}."
    )
    return f"Planned go-live: {short(schedule.goes_live)}. {kept}"


def _still_to_be_said(papers: list[Paper]) -> list[Block]:
    lacking = tuple(f"{one.what}. {one.remedy}" for one in _together(papers))
    title = "Still to be said, in all papers together"
    return [Note(title, lacking, warning=True)] if lacking else []
