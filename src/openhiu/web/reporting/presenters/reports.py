"""Reports in words: what stands on the shelf, what each file is, and what waits for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.quarter import in_words
from openhiu.web.design import words
from openhiu.web.reporting import policies, standing
from openhiu.web.reporting.models import Evaluation, Making, Report

State: Any = Report.State
MakingState: Any = Making.State
COLOURS: Final = {"draft": "white", "reviewed": "blue", "published": "green", "set_aside": "grey",
                  "called_back": "red"}  # fmt: skip
_WHAT: Final = {
    "pdf": ("PDF", "To print or send. Tagged for screen readers"),
    "docx": ("Word", "To take over into a paper of your own"),
    "html": ("Web page", "The same words as one page, readable without this site"),
    "xlsx": ("Tables", "Every table of the report as a workbook"),
    "json": ("Manifest", "What it was made from, with the hash of every file"),
    "svg": ("Picture", "A drawing, to enlarge without loss"),
    "png": ("Picture", "A picture for slides"),
}
_ORDER: Final = ("pdf", "docx", "html", "xlsx", "svg", "png", "json")


@dataclass(frozen=True)
class File:
    """One file of a report: its name, what it is for, how large, and its hash."""

    name: str
    what: str
    words: str
    size: str
    sha256: str

    @property
    def is_picture(self) -> bool:
        """Whether it is one of the report's drawings."""
        return self.name.endswith((".svg", ".png"))


@dataclass(frozen=True)
class Shelved:
    """One published report; `replaced` where a later edition of the quarter was published;
    `why_not` where it is not handed out at the moment.
    """

    report: Report
    name: str
    replaced: bool
    why_not: str
    main: tuple[File, ...]


def shelf(actor: Actor, reports: Iterable[Report]) -> list[Shelved]:
    """Published reports as they stand in the library: newest quarter, newest edition first."""
    found: list[Shelved] = []
    for report in reports:
        replaced = any(one.report.quarter == report.quarter for one in found)
        why_not = standing.why_not_shown(actor, report)
        main = tuple(file for file in files(report)
                     if not why_not and file.name.endswith(("pdf", "docx", "xlsx")))  # fmt: skip
        found.append(Shelved(report, in_words(report.quarter), replaced, why_not, main))
    return found


def waiting(reports: Iterable[Report]) -> list[tuple[Report, str, str]]:
    """Reports in hand, each with the name of its quarter and the colour of its mark."""
    return [(report, in_words(report.quarter), COLOURS[report.state]) for report in reports]


def named(quarters: Iterable[tuple[str, datetime]]) -> list[tuple[str, datetime]]:
    """Quarters by their names, with a moment each."""
    return [(in_words(quarter), at) for quarter, at in quarters]


def files(report: Report) -> list[File]:
    """Every file of a report, those that people read first."""
    found = [_file(file) for file in report.files]
    return sorted(found, key=lambda file: (_rank(file.name), file.name))


def _rank(name: str) -> int:
    ending = name.rpartition(".")[2]
    return _ORDER.index(ending) if ending in _ORDER else len(_ORDER)


def _file(file: dict[str, Any]) -> File:
    what, said = _WHAT.get(file["name"].rpartition(".")[2], ("File", ""))
    return File(file["name"], what, said, size_of(file["size"]), file["sha256"])


def size_of(size: int) -> str:
    """How large a file is, as people say it."""
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(1, round(size / 1024))} KB"


def web_page_of(report: Report) -> str | None:
    """The name of the report's own web page."""
    names = [file["name"] for file in report.files]
    return next((name for name in names if name.endswith(".html") and "/" not in name), None)


def download_name(report: Report, name: str) -> str:
    """The name a downloaded file gets: the quarter and the edition stand before its own."""
    return f"{report.quarter}-edition-{report.edition}-{name.rpartition('/')[2]}"


def report_page(report: Report) -> dict[str, Any]:
    """What one report's page says of it."""
    return {
        "name": in_words(report.quarter),
        "colour": COLOURS[report.state],
        "state": report.get_state_display(),
        "edition": report.edition,
        "web_page": web_page_of(report),
    }


def decisions(actor: Actor, report: Report) -> list[dict[str, str]]:
    """What can be done with it next: a button each, or the sentence why not."""
    found = []
    if report.state == State.PUBLISHED and may(actor.role, Permission.PUBLISH_REPORT):
        found.append({"url": "reporting:call_back", "text": "Call it back",
                      "why_not": policies.why_not_call_back(actor, report)})  # fmt: skip
    if report.state not in (State.DRAFT, State.REVIEWED):
        return found
    if report.state == State.DRAFT and may(actor.role, Permission.PUBLISH_REPORT):
        found.append({"url": "reporting:review", "text": "I have read it whole",
                      "why_not": standing.why_not_review(actor, report)})  # fmt: skip
    if report.state == State.REVIEWED and may(actor.role, Permission.PUBLISH_REPORT):
        found.append({"url": "reporting:publish", "text": "Publish it",
                      "why_not": standing.why_not_publish(actor, report)})  # fmt: skip
    if may(actor.role, Permission.MAKE_REPORT):
        found.append({"url": "reporting:set_aside", "text": "Set it aside",
                      "why_not": policies.why_not_set_aside(actor, report)})  # fmt: skip
    return found


_QUESTIONS: Final = {
    "review": {
        "title": "Have you read it whole?",
        "text": "You are the second pair of eyes. Open every file before you say so.",
        "submit": "Yes, it can go out",
    },
    "publish": {
        "title": "Publish this report?",
        "text": "Commissioners and everybody who reads reports here can read it at once. From "
        "then on it never changes: a correction is a new edition beside it.",
        "submit": "Publish",
    },
    "call_back": {
        "title": "Call this report back?",
        "text": "Its files stay here and are handed out no more. Readers are told that it is gone "
        "and asked to delete their copies. Do this when somebody could be recognised, or when a "
        "figure is wrong.",
        "submit": "Call it back",
        "variant": "warning",
    },
    "set_aside": {
        "title": "Set this report aside?",
        "text": "It stays here for whoever makes reports, and goes to nobody.",
        "submit": "Set aside",
        "variant": "warning",
    },
}


def question(what: str, report: Report) -> dict[str, str]:
    """The page that asks once more."""
    return {**_QUESTIONS[what], "caption": in_words(report.quarter)}


def steps(making: Making, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Each step of making a report: its words, how it stands, the colour of the mark."""
    found = []
    for number, name in enumerate(names):
        if number < making.step or making.state == MakingState.DONE:
            found.append((name, "Done", ""))
        elif number == making.step and making.state == MakingState.RUNNING:
            found.append((name, "Now", "blue"))
        elif number == making.step:
            found.append((name, "Stopped here", "red"))
        else:
            found.append((name, "Not yet", "grey"))
    return found


def made_before(reports: Iterable[Report], quarters: Sequence[str]) -> list[str]:
    """What there is already for the quarters that can be chosen, as sentences."""
    found = []
    for report in reports:
        if report.quarter in quarters and report.state != State.SET_ASIDE:
            state = words.initial_lower(report.get_state_display())
            found.append(f"{in_words(report.quarter)}: edition {report.edition}, {state}")
    return found


def received(evaluation: Evaluation) -> str:
    """What became of a delivery, in one sentence."""
    told = f"Evaluation taken in: A&E is known up to {words.day(evaluation.last_day)}."
    if evaluation.older_than_last:
        told += " It is older than the one before."
    if evaluation.left_out:
        names = ", ".join(re.sub(r"[^\w./ -]", "", name)[-60:] for name in evaluation.left_out[:8])
        told += f" Not kept, because it is no part of an evaluation: {names}."
    return told
