"""The draft of an information-sharing agreement between the service and a hospital or partner: the
parties of the place, and exactly what the software passes on.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Contents, Fields, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.starter_pack.inventory import crossings
from openhiu.report.starter_pack.sheet import Paper, Sheet, day, paper
from openhiu.report.starter_pack.source import NOT_NAMED, NOT_SAID, Source, named
from openhiu.tables.sharing import SHAREABLE

SHEET: Final = Sheet(
    "information-sharing-agreement",
    "Information-sharing agreement",
    "What hospital, service and partners tell each other, why, and how it is kept safe.",
    "each controller, after its data protection officer and Caldicott Guardian",
    ("area", "hospitals", "provider", "controllers", "dpo", "caldicott_guardian", "partners",
     "privacy_notice", "date"),
)  # fmt: skip


def make(source: Source) -> Paper:
    """The agreement, part by part."""
    return paper(source, SHEET, [
        Contents(depth=2),
        *_parties(source), *_why(source), *_what(source), *_partners(source), *_law(),
        *_rights(source), *_safe(), *_ending(source), *_signing(source),
    ])  # fmt: skip


def _parties(source: Source) -> list[Block]:
    lines = [("Commissioner", source.commissioner or NOT_NAMED),
             ("Provider of the service",
              source.provider if source.provider != "the provider" else NOT_NAMED)]  # fmt: skip
    lines += [("Hospital", name) for name in source.hospitals] or [("Hospital", NOT_NAMED)]
    lines += [("Partner", name) for name in source.go.partners]
    lines.append(("Controllers", "\n".join(source.go.controllers) or NOT_NAMED))
    lines += [("Data protection officer", source.go.dpo or NOT_NAMED),
              ("Caldicott Guardian", source.go.caldicott_guardian or NOT_NAMED)]  # fmt: skip
    return [
        Heading("1. Who agrees"),
        Fields("The parties", tuple(lines), ("Role", "Who")),
        Paragraph(
            "Each party is a controller of what it holds, and stays answerable for it. Police and "
            "enforcement bodies are no party: they receive nothing under this agreement."
        ),
    ]


def _why(source: Source) -> list[Block]:
    return [
        Heading("2. Why"),
        Bullets((
            (f"To find, in {source.hospitals_in_words}, adults who come most often, and to offer "
            "them support."),
            "To support those who say yes, together with the services they chose.",
            "To notice early when a client has a hard time.",
            "To know honestly whether it helps, in numbers in which nobody can be recognised.",
        )),
        Paragraph("It is not for deciding on treatment, benefits, tenancies or penalties, and "
                  "no decision is made by a computer."),
    ]  # fmt: skip


def _what(source: Source) -> list[Block]:
    return [
        Heading("3. What crosses between hospital and service"),
        Paragraph("These are all the columns that the software passes on; a file with others is "
                  "turned away."),
        Bullets((*source.criteria.sentences()[:3],)),
        *crossings(),
    ]  # fmt: skip


def _partners(source: Source) -> list[Block]:
    rows = tuple((words, "yes" if place else "no") for words, place in SHAREABLE.values())
    return [
        Heading("4. What a partner may see"),
        Paragraph(
            "Nothing is seen until four things come together: this agreement in force, the "
            "client's yes to that organisation and purpose, a share by the lead, and an account "
            "of that organisation. When one ends, the view ends with it."
        ),
        Table("Items that can be agreed, one by one", ("Item", "May tell where someone is"), rows,
              note="Items that may tell where someone is are withheld for a person whose details "
              "are restricted.", widths=(3, 1)),
        _partner_choices(source),
    ]  # fmt: skip


def _partner_choices(source: Source) -> Block:
    if not source.go.partners:
        return Paragraph("Partners sign on as they join. For each, the service manager enters in "
                         "the workspace the purpose, the items, and the days from and "
                         "to.")  # fmt: skip
    rows = tuple((name, "", "", "") for name in source.go.partners)
    return Table("To be filled in with each partner", ("Partner", "Purpose", "Items", "From, to"),
                 rows, widths=(1.5, 1.5, 2, 1))  # fmt: skip


def _law() -> list[Block]:
    return [
        Heading("5. On what basis"),
        Paragraph("Proposals for the data protection officers and Caldicott Guardians, who decide. "
                  "Confidentiality and data protection law are two questions."),
        Table("Bases", ("For", "Data protection", "Confidentiality"), (
            ("Making and releasing the list", "Article 6(1)(e), 9(2)(h) UK GDPR",
             ("One recorded ground: direct care by the treating provider; section 251 approval "
             "with reference and end date; or the hospital asks first")),
            ("Supporting clients", "Article 6(1)(e), 9(2)(h) UK GDPR", "What the client agreed to"),
            ("Sharing with partners", "Article 6(1)(e), 9(2)(h) UK GDPR",
             "The client's yes to that organisation"),
            ("Keeping somebody safe", "Article 6(1)(d) or (e), 9(2)(c) or (g) UK GDPR",
             "Overriding public interest, or law; reasons within 24 hours, reviewed by another"),
            ("Evaluation", "Article 6(1)(e) UK GDPR",
             "To be settled locally, with the national data opt-out where it applies"),
        ), widths=(1.2, 1.5, 2.2)),
    ]  # fmt: skip


def _rights(source: Source) -> list[Block]:
    notice = source.go.privacy_notice or NOT_SAID
    return [
        Heading("6. The people it is about"),
        Bullets((
            f"A notice in plain English says what is done: {notice}.",
            "Everybody may ask why they were listed, and is told.",
            ("A client may say no or stop at any time, to one organisation or to all. Sharing "
            "stops at once and support does not depend on it."),
            ("A request to see or correct a record goes to whoever receives it, is passed on "
            "within two working days and answered within one calendar month."),
            "Somebody who does not want to be counted is left out of the evaluation.",
            f"Complaints: {source.complaints or NOT_SAID}.",
        )),
    ]  # fmt: skip


def _safe() -> list[Block]:
    return [
        Heading("7. Kept right and kept safe"),
        Bullets((
            "Lists travel inside the workspace, never attached to a mail.",
            ("Everybody has an account of their own with a second factor; access is confirmed "
            "every 90 days and ends when somebody leaves."),
            "Every look, search, share and closed door is recorded and cannot be changed.",
            "A wrong fact is corrected where it began; whoever received it is told.",
            "Who was listed and not chosen is emptied of names after 90 days, or sooner if agreed.",
            ("A breach is told to the other parties within 24 hours of being noticed, so that the "
            "controller can report within 72 hours where the law asks for it."),
        )),
    ]  # fmt: skip


def _ending(source: Source) -> list[Block]:
    begins = day(source.go.date) if source.go.date else "the day of the last signature"
    return [
        Heading("8. From when, until when"),
        Bullets((
            (f"It begins on {begins} and is looked at again every 12 months, and before any new "
            "kind of information, partner or purpose."),
            ("Each party may leave with three months' notice. What was received is then kept or "
            "deleted as the record classes of the receiver say, with a note of it."),
            "It rests on the privacy impact assessment of this pack, and changes with it.",
        )),
    ]  # fmt: skip


def _signing(source: Source) -> list[Block]:
    parties = [source.provider, *source.hospitals, *source.go.partners]
    rows = tuple((printed.capital(name), "", "", "") for name in parties)
    return [
        Heading("9. Signatures"),
        Table("For each party", ("Party", "Name and role", "Signature", "Date"), rows,
              widths=(1.6, 1.6, 1.6, 1)),
        Paragraph(f"{named(source.go.caldicott_guardian, 'Caldicott Guardian')}. "
                  f"{named(source.go.dpo, 'Data protection officer')}.", small=True),
    ]  # fmt: skip
