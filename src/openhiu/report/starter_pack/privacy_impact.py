"""The draft of a data protection impact assessment: filled from the inventories of what crosses and
what is kept, and from the hazards with the controls the software has.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Contents, Fields, Heading, Note, Paragraph, Table
from openhiu.report import printed
from openhiu.report.starter_pack.inventory import bases, crossings, kept
from openhiu.report.starter_pack.risks import HAZARDS, HIGH, LOW, MEDIUM, Hazard
from openhiu.report.starter_pack.sheet import BOX, Paper, Sheet, day, paper
from openhiu.report.starter_pack.source import NOT_NAMED, NOT_SAID, Source
from openhiu.tables.keeping import CLIENTS, LISTED, NOBODY, STAFF

SHEET: Final = Sheet(
    "privacy-impact-assessment",
    "Privacy (data protection) impact assessment",
    "What is done with whose information, what could go wrong, and what stands against it.",
    "data protection officer, Caldicott Guardian and the controllers",
    ("area", "hospitals", "provider", "controllers", "dpo", "caldicott_guardian",
     "safeguarding_lead", "clinical_safety_officer", "privacy_notice", "complaints"),
)  # fmt: skip
_WEIGHT: Final = {HIGH: 0, MEDIUM: 1, LOW: 2}


def make(source: Source) -> Paper:
    """The assessment, part by part."""
    return paper(source, SHEET, [
        Contents(depth=2), *_who(source), *_what(source), *_needed(), *_crosses(),
        *_kept(source), *_law(), *_rights(source), *_asked(), *_risks(), *_decision(source),
    ])  # fmt: skip


def _who(source: Source) -> list[Block]:
    go = source.go
    provider = source.provider if source.provider != "the provider" else NOT_NAMED
    return [
        Heading("1. Who answers for this"),
        Fields("Roles", (
            ("Controllers", "\n".join(go.controllers) or NOT_NAMED),
            ("Provider", provider),
            ("Data protection officer", go.dpo or NOT_NAMED),
            ("Caldicott Guardian", go.caldicott_guardian or NOT_NAMED),
            ("Safeguarding lead", go.safeguarding_lead or NOT_NAMED),
            ("Clinical safety officer", go.clinical_safety_officer or NOT_NAMED),
            ("Planned go-live", day(go.date)),
        ), ("Role", "Who")),
    ]  # fmt: skip


def _what(source: Source) -> list[Block]:
    return [
        Heading("2. What is planned"),
        Paragraph(
            f"Hospital analysts count who came to {source.hospitals_in_words} most often and make "
            f"a list. A lead of {source.service} rings some of them and supports those who say "
            "yes, often for months, with other organisations they agree to. Analysts then watch "
            "for hard spells and judge, in protected numbers, whether it helped."
        ),
        Bullets(tuple(source.criteria.sentences())),
        Paragraph(
            "Why an assessment is needed: health data about people in hard circumstances; people "
            "contacted because of a count; information from several organisations brought "
            "together.", "Why.",
        ),
    ]  # fmt: skip


def _needed() -> list[Block]:
    return [
        Heading("3. Is it needed, and is it as little as can be?"),
        Bullets((
            ("The analysts keep the whole extract in the hospital. The service receives the people "
            "on the list, and later only its own clients, under a reference without a name."),
            ("No diagnosis leaves with the list, and nothing is predicted about anybody: it counts "
            "visits and shows the count."),
            "A person chooses whom to ring and writes why somebody is set aside.",
            "Partners see single items, not records. Commissioners see protected numbers alone.",
            ("Could less do? Without a telephone number nobody can be asked. Without names for "
            "the lead, the hospital has to ask first: the software can work that way, and this "
            "is the more private choice where a department has the time."),
        )),
    ]  # fmt: skip


def _crosses() -> list[Block]:
    return [
        Heading("4. What crosses between hospital and service"),
        Paragraph("Taken from the software: all columns of all files, and nothing else."),
        *crossings(),
    ]


def _kept(source: Source) -> list[Block]:
    return [
        Heading("5. What the workspace keeps"),
        Paragraph("Taken from the software. Roles read only within their own service; a client's "
                  "record only where they support, cover or supervise, else with a reason that is "
                  "reviewed."),
        kept(LISTED), kept(CLIENTS), kept(STAFF), kept(NOBODY),
        Note("To be settled locally", (
            ("How long a client's record is kept. The Records Management Code names 8 years for "
            "adult health records and 20 for mental health; the class is a local decision. The "
            "software does not delete clients' records by itself."),
            ("Somebody who was rung and said no is known by name afterwards, so that nobody rings "
             "again by mistake. Settle how long, and who empties such records."),
            f"A new answer is asked for every {source.go.review_months} months.",
        )),
    ]  # fmt: skip


def _law() -> list[Block]:
    return [
        Heading("6. On what basis"),
        Paragraph("Agreeing to take part is not the basis in data protection law; it answers the "
                  "duty of confidence. The two are recorded apart."),
        bases(),
    ]  # fmt: skip


def _rights(source: Source) -> list[Block]:
    return [
        Heading("7. What people can ask for"),
        Table("Rights, and how each is met", ("Right", "How"), (
            ("To be told", (f"Privacy notice: {source.go.privacy_notice or NOT_SAID}. Whoever is "
             "rung is told why")),
            ("To see the record", ("The lead takes one client's record out as a file; others' "
             "details are looked through by a person before it is handed over")),
            ("To have it put right", ("A correction keeps what stood there before, and who changed "
             "it")),
            ("To object", ("An objection to being counted leaves the person off the roster of the "
             "evaluation; support goes on")),
            ("To stop", ("Taking part, or sharing with one organisation, ends on the day they say "
             "so")),
            ("No decision by a machine", ("Lists and warnings are read and answered "
             "by a person")),
            ("To complain", source.complaints or NOT_SAID),
        ), widths=(1, 3.2)),
    ]  # fmt: skip


def _asked() -> list[Block]:
    rows = tuple((who, "", "") for who in (
        "People who have needed urgent care often", "Clinicians of the emergency department",
        "The leads, or those who will be", "Partners", "Data protection officers of all parties",
    ))  # fmt: skip
    return [
        Heading("8. Who was asked"),
        Table("To be filled in as you ask", ("Who", "When", "What they said, what was changed"),
              rows, widths=(1.8, 0.8, 2.6)),
    ]  # fmt: skip


def _risks() -> list[Block]:
    ordered = sorted(HAZARDS, key=lambda one: (_WEIGHT[one.after], _WEIGHT[one.before]))
    return [
        Heading("9. What could go wrong, and what stands against it"),
        Paragraph("Those that weigh most after all controls come first. The weights are a first "
                  "proposal. Every control in the middle column is in the software; the last "
                  "column is for people."),
        Table("Risks to people", ("What could happen", "Before", "What the software does", "After",
                                  "What people still do"),
              tuple(map(_row, ordered)), widths=(1.8, 0.7, 2.3, 0.7, 1.4), sheet="Risks"),
    ]  # fmt: skip


def _row(one: Hazard) -> tuple[str, ...]:
    controls = "; ".join(
        control.words if n == 0 else control.words[:1].lower() + control.words[1:]
        for n, control in enumerate(one.controls)
    )
    harm = one.harm[:1].lower() + one.harm[1:]
    return f"{one.words}: {harm}", one.before, controls, one.after, one.still


def _decision(source: Source) -> list[Block]:
    left = [one for one in HAZARDS if one.after != LOW]
    return [
        Heading("10. Decision"),
        Paragraph(f"{len(left)} of {len(HAZARDS)} risks stay above low and want an owner. A risk "
                  "that stays high is taken to the Information Commissioner before starting."),
        Bullets((
            f"{BOX} Go ahead", f"{BOX} Go ahead once the actions below are done",
            f"{BOX} Do not go ahead",
        )),
        Table("Signed", ("Role", "Name", "Signature", "Date"), (
            ("Data protection officer", source.go.dpo or "", "", ""),
            ("Caldicott Guardian", source.go.caldicott_guardian or "", "", ""),
            *((printed.capital(f"controller {one}"), "", "", "") for one in source.go.controllers),
        ), widths=(1.8, 1.4, 1.4, 0.9)),
        Table("Actions", ("What", "Whose", "By"), tuple(
            (one.still, "", "") for one in left), widths=(3, 1, 0.8)),
    ]  # fmt: skip
