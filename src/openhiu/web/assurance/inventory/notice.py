"""The privacy notice: who, why, on what basis, how long, rights and how to complain, in plain words
and layers. Made from the inventory; a proposal until the data protection officer signs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import CLIENTS, LISTED, Holding
from openhiu.tables.sharing import SHAREABLE
from openhiu.web.assurance.inventory.record import Who

TITLE: Final = "How we use what we know about you"
_SHORT: Final = (
    "We help people who often need A&E, 999 or 111.",
    "To do that we keep a record about you. You can see it.",
    "We only share it if you say yes. The one reason not to ask is to keep someone safe.",
    "You can say no at any time. Your care stays the same.",
    "No computer decides about you. A person does.",
)
_WHY: Final = (
    ("To find whom to ask", ("The hospital counts visits. It gives us a list of the people who "
     "come most. Two people agree to it first.")),
    ("To support you", "We write down what you tell us, what we plan, and when we talked."),
    ("To call in time", "The hospital tells us if you come to A&E again. Then we call you."),
    ("To keep people safe", "If you or someone else may come to harm, we tell those who can help."),
    ("To see if we help", ("We count. No one can tell from the numbers who you are. You can ask us "
     "not to count you.")),
)  # fmt: skip
_RIGHTS: Final = (
    "See it. Ask us for a copy. It is free. You get it within a month.",
    "Put it right. If something is wrong, tell us.",
    "Stop us for a while. We keep it, and do not use it.",
    "Say no to a use. Tell us why, and we will think again.",
    "Have it erased. We may have to keep some of it by law. Then we tell you why.",
    "Take back a yes. Tell us in any way you like. It counts at once.",
)


def blocks(who: Who) -> Iterator[Block]:
    """The notice: the short of it first, and more below."""
    if not who.signed:
        yield Note("Proposal", (("This is a draft. The data protection officer has not agreed it "
                                "yet."),))  # fmt: skip
    yield Heading("In short")
    yield Bullets(_SHORT)
    yield Heading("Who we are")
    yield Paragraph(_we(who))
    yield Paragraph(f"Our data protection officer is {who.officer}." if who.officer else
                    "We will name our data protection officer here.")  # fmt: skip
    yield from _why()
    yield from _kept()
    yield from _shared()
    yield Heading("Your rights")
    yield Paragraph("You can ask any of us, in any way. You need not say why.")
    yield Bullets(_RIGHTS)
    yield from _complain()


def _we(who: Who) -> str:
    by = f" It is run by {who.controller}." if who.controller else ""
    hospital = who.hospital or "The hospital"
    return (
        f"We are {who.service or 'the service'}.{by} {hospital} keeps its own record about you. "
        "It has its own notice."
    )


def _why() -> Iterator[Block]:
    yield Heading("Why we use it")
    for lead, words in _WHY:
        yield Paragraph(words, lead)
    yield Heading("What the law says", 3)
    yield Paragraph("We use it because caring for people is our job by law. That is Article "
                    "6(1)(e) and 9(2)(h) of the UK GDPR. To keep people safe it is also 9(2)(g). "
                    "Your yes is for what we share. It is not the reason the law gives "
                    "us.")  # fmt: skip


def _kept() -> Iterator[Block]:
    yield Heading("What we keep, and for how long")
    yield Paragraph("If you are on a list and we do not ask you, who you are is deleted. If you "
                    "take part, your record is kept as long as the NHS asks for such "
                    "records.")  # fmt: skip
    rows = tuple(
        (one.words, one.purpose[:1].upper() + one.purpose[1:], _long(one))
        for one in HOLDINGS
        if one.about in (CLIENTS, LISTED)
    )
    yield Table("More about what we keep", ("What", "Why", "How long"), rows, widths=(2, 1.4, 1.6))


def _long(one: Holding) -> str:
    limit = f", {one.limit.number} {one.limit.unit}" if one.limit else ""
    words = one.kept.replace("local record class", "as long as the NHS asks for such records")
    return f"{words[:1].upper()}{words[1:]}{limit}"


def _shared() -> Iterator[Block]:
    yield Heading("Who else may see it")
    yield Paragraph("The people who support you, and those who stand in for them. Who looks is "
                    "written down, and you can ask us who did.")  # fmt: skip
    yield Paragraph("Others see only what you said yes to. You can choose each of these:")
    yield Bullets(tuple(words for words, _ in SHAREABLE.values()))
    yield Paragraph("The police or a court may ask us for something. We look at each case. We give "
                    "as little as we can, and write down why.")  # fmt: skip
    yield Paragraph("We do not sell it. We do not send it abroad.")


def _complain() -> Iterator[Block]:
    yield Heading("If you are not happy")
    yield Paragraph("Tell us first. We say within 30 days that we have it, and we look into it.")
    yield Paragraph("You can also tell the Information Commissioner's Office, the ICO. Call 0303 "
                    "123 1113, or go to ico.org.uk/make-a-complaint.")  # fmt: skip


def plain(who: Who) -> str:
    """The sentences of the notice without its table, for judging how easily it reads."""
    said: list[str] = []
    for block in blocks(who):
        if isinstance(block, Paragraph):
            said.append(block.text)
        elif isinstance(block, Bullets):
            said += [one if one.endswith(".") else f"{one}." for one in block.items]
    return "\n".join(said)
