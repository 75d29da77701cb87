"""The consent form in plain English, in large print and as Easy Read: one choice for taking part,
one for each organisation, none of them ticked beforehand.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper import pictograms
from openhiu.paper.blocks import (
    Block,
    Bullets,
    EasyRead,
    Fields,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Table,
)
from openhiu.report import printed
from openhiu.report.starter_pack.sheet import BOX, Paper, Sheet, paper
from openhiu.report.starter_pack.source import Source

_NEEDS: Final = ("provider", "phone", "out_of_hours", "partners", "privacy_notice", "complaints",
                 "dpo")  # fmt: skip
_SIGNS: Final = "data protection officer; then each client for themselves"
PLAIN: Final = Sheet("consent-form", "Consent form", "To ask for a yes or a no that is really "
                     "somebody's own.", _SIGNS, _NEEDS)  # fmt: skip
LARGE: Final = Sheet("consent-form-large-print", "Consent form, large print", "The same form in "
                     "18-point type.", _SIGNS, _NEEDS)  # fmt: skip
EASY: Final = Sheet("consent-form-easy-read", "Consent form, Easy Read", "The same choices in "
                    "short sentences with pictures.", _SIGNS, _NEEDS)  # fmt: skip
_ANOTHER: Final = "Another: ______________"
# The kinds that are there everywhere come first.
USUAL: Final = (
    "A&E", "My GP practice", "Mental health service", "Drug and alcohol service",
    "Social services", "Ambulance service", "Housing", "Job centre", "Community health team",
    "Charity, faith or community group: ______________",
)  # fmt: skip
_ASKED: Final = (
    ("Do I have to?", "No. Whatever you say, A&E and your GP look after you as before."),
    ("Why me?", "The hospital counts visits. You came often, and we want to know what would help."),
    (
        "Who will hear about this?",
        "Nobody you have not ticked a yes for, unless somebody is in serious danger.",
    ),
    ("Can I say yes to you and no to others?", "Yes. Each line is a choice of its own."),
    (
        "And if I change my mind?",
        "Tell any of us. It stops that day, and you need not say why. You can come back later.",
    ),
    ("May somebody I trust be with me?", "Yes, and an interpreter too. Tell us whom you want."),
)
_LARGE: Final = 18.0
_EASY: Final = 16.0
_LINE: Final = "\n______________________________"


def organisations(source: Source) -> tuple[str, ...]:
    """Whom somebody may agree to share with: the partners of the place, else the usual kinds."""
    named = tuple(name for name in source.go.partners if name not in USUAL)
    return (*USUAL[:2], *named, _ANOTHER) if named else USUAL


def plain(source: Source) -> Paper:
    """The form in the usual size."""
    return paper(source, PLAIN, [*_how_to_use(source), PageBreak(), *_form(source)],
                 points=12.0)  # fmt: skip


def large(source: Source) -> Paper:
    """The same in large print."""
    return paper(source, LARGE, [*_how_to_use(source), PageBreak(), *_form(source)], points=_LARGE)


def easy(source: Source) -> Paper:
    """The same in short sentences with pictures."""
    blocks: list[Block] = [
        *_how_to_use(source), PageBreak(),
        Heading("What is this?"), _rows(*_told_easily(source)),
        Heading("Your choices"),
        _rows("You choose: yes or no.", "You can say no and still go to A&E.",
              "You can change your mind any time."),
        Table("Please tick yes or no", ("What we ask", "Yes", "No"), (
            ("A worker may support me.", BOX, BOX),
            *((f"You may talk with: {name}", BOX, BOX) for name in organisations(source)),
        ), widths=(4, 1, 1)),
        Heading("Your name"),
        Fields("Please write, or we write for you", (
            ("My name", _LINE), ("Today's date", _LINE), ("Who helped me", _LINE),
            ("We ask again on", _LINE),
        ), ("What", "Write here")),
        Heading("If you change your mind"),
        _rows(_call(source), "You can stop. You do not have to say why."),
    ]  # fmt: skip
    return paper(source, EASY, blocks, points=_EASY)


def _rows(*sentences: str) -> EasyRead:
    return EasyRead(tuple(pictograms.row(one) for one in sentences))


def _told_easily(source: Source) -> tuple[str, ...]:
    night = source.out_of_hours
    return (
        "You have been to hospital a lot.",
        "Our worker can help you with what is hard.",
        "The worker listens to you.",
        "The worker can talk with other services, if you say yes.",
        "We write down what you tell us. We keep it safe.",
        "If you or someone else is in danger we have to tell people who can help.",
        f"We are not there at night. At night you can ring: {night}." if night
        else "We are not there at night. In an emergency ring 999.",
    )  # fmt: skip


def _call(source: Source) -> str:
    return f"Tell your worker, or ring {source.go.phone}." if source.go.phone else (
        "Tell your worker."
    )  # fmt: skip


def _how_to_use(source: Source) -> list[Block]:
    return [
        Note("For the lead, not for the client", (
            ("Go through it together, in person or on the telephone. Leave time for questions, and "
            "offer to come back."),
            "Never tick a box for somebody beforehand. An empty line is a no.",
            ("What was said on the telephone is written here and read back; the record notes which "
            "way it was given."),
            ("Enter every answer in the workspace with its day. It asks again after "
            f"{source.go.review_months} months, or sooner if something changes."),
            "This page stays with the team; the form begins overleaf.",
        )),
        Table("What people ask, and what you can promise", ("They may ask", "You can say"),
              _ASKED, widths=(1, 1.9)),
    ]  # fmt: skip


def _form(source: Source) -> list[Block]:
    return [
        Heading(f"Support from {source.service}: your choices"), *_about(source),
        *_choices(source), PageBreak(), *_help(), *_signature(source), *_stopping(source),
    ]  # fmt: skip


def _about(source: Source) -> list[Block]:
    whose = "" if source.provider == "the provider" else f" It is run by {source.provider}."
    night = source.out_of_hours or "in an emergency ring 999; for advice ring 111"
    return [
        Heading("About the service", 3),
        Paragraph(
            f"{printed.capital(source.service)} supports people who have needed hospital often."
            f"{whose} A worker listens to you, helps with what is difficult, and can speak with "
            "other services for you. It is free and you choose."
        ),
        Bullets((
            "Saying no changes nothing about your care. You can always go to A&E or ring 999.",
            "You can say yes to some things and no to others.",
            f"We work on weekdays. At other times: {night}.",
        )),
        Heading("What we write down", 3),
        Bullets((
            "Your name, how to reach you safely, what you tell us, and what we plan together.",
            "How often you come to hospital, so that we notice when things get hard.",
            ("Only people who support you, cover for them or check that it is done well can "
             "read it. Every look is recorded, and you may ask who looked."),
            ("We tell nobody else without your yes. If you or somebody else is in serious danger "
             "we may have to, and we tell you if we can."),
            ("When we count whether the service helps, nobody can tell that you are in it. You "
             "can ask to be left out."),
            *([f"More about this: {source.go.privacy_notice}."] if source.go.privacy_notice
              else []),
        )),
    ]  # fmt: skip


def _choices(source: Source) -> list[Block]:
    who = tuple((name, BOX, BOX, "") for name in organisations(source))
    return [
        Heading("What I choose", 3),
        Table("Please tick yes or no", ("I agree", "Yes", "No"), (
            ("that a worker of this service supports me", BOX, BOX),
            ("that my story may be told without my name; I am asked again each time", BOX, BOX),
        ), widths=(4, 0.6, 0.6)),
        Table("You may share what we agree with", ("Who", "Yes", "No", "What must not be shared"),
              who, widths=(2.6, 0.6, 0.6, 2)),
    ]  # fmt: skip


def _help() -> list[Block]:
    return [
        Heading("Who helped with this form", 3),
        Fields("Only if it applies", (
            ("Interpreter (name, language)", _LINE),
            ("Someone who speaks for me, and on what authority", _LINE),
            ("How this was agreed", f"{BOX} in person   {BOX} on the telephone   {BOX} in writing"),
            ("If I could not decide this for myself",
             f"A best-interests decision, by and on:{_LINE}"),
        ), ("About", "Please write")),
    ]  # fmt: skip


def _signature(source: Source) -> list[Block]:
    return [
        Heading("Signed", 3),
        Fields("My answer", (
            ("My name", _LINE), ("Date of birth", _LINE), ("Signature", _LINE), ("Date", _LINE),
            ("Worker", _LINE),
            (f"We go through this again on (within {source.go.review_months} months)", _LINE),
        ), ("About", "Please write")),
    ]  # fmt: skip


def _stopping(source: Source) -> list[Block]:
    where = source.complaints
    unhappy = f" If you are unhappy with us: {where}." if where else ""
    return [
        Heading("If you change your mind", 3),
        Paragraph(f"{_call(source)} You need not say why. Sharing stops that day.{unhappy}"),
        Fields("Filled in when somebody takes something back", (
            ("What I take back", _LINE), ("On", _LINE), ("Written down by", _LINE),
        ), ("About", "Please write")),
    ]  # fmt: skip
