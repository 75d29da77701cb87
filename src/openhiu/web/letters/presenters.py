"""Words and rows for the pages of this room: letters and outbox rows come in, pages go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from openhiu.paper import webpage
from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.letters import channels, composing, gates, giving, lifecycle, queries, readability
from openhiu.web.letters.gates import paper, person
from openhiu.web.letters.kinds import HAND, KINDS, MAIL, POST, SIGN_IN, For
from openhiu.web.letters.models import Letter, Outgoing
from openhiu.web.letters.permitted import permit
from openhiu.web.letters.sheet import Sheet, sheet

WAYS = {
    POST: ("Print it to post", "Print"),
    HAND: ("Print it to hand over", "Print"),
    MAIL: ("Send it to their secure mailbox", "Send"),
    SIGN_IN: ("Let them sign in and read it", "Send"),
}


@dataclass(frozen=True)
class Row:
    """One thing in the outbox, as a list shows it."""

    item: Outgoing
    what: str
    whom: str
    to: str
    way: str
    state: str
    colour: str
    mark: str = ""


def row(item: Outgoing) -> Row:
    """One line of the outbox."""
    stage = lifecycle.STAGES[item.state]
    letter = item.letter
    return Row(
        item, KINDS[letter.kind].label, letter.case.person.full_name, to_whom(letter),
        str(item.get_way_display()), stage.label, stage.colour,
        "They took back their yes: ask for it back" if queries.taken_back(item) else "",
    )  # fmt: skip


def to_whom(letter: Letter) -> str:
    """The one recipient, in words; of someone in hiding not even which practice."""
    if letter.case.person.restricted and KINDS[letter.kind].reader is For.PRACTICE:
        return "Their GP practice"
    return str(letter.organisation) if letter.organisation else "Them"


@dataclass(frozen=True)
class Check:
    """Everything the page before sending shows."""

    sheet: Sheet
    verdicts: list[gates.Verdict]
    preview: Markup
    fingerprint: str
    hints: list[str]
    ways: list[tuple[str, str, str]]

    @property
    def stopped(self) -> list[gates.Verdict]:
        """What has to be done before it can leave."""
        return gates.stopped(self.verdicts)

    @property
    def passed(self) -> list[gates.Verdict]:
        """What was passed with a reason."""
        return [one for one in self.verdicts if one.why and not one.stops]

    @property
    def open(self) -> list[gates.Verdict]:
        """What is in order."""
        return [one for one in self.verdicts if not one.why]


def check(letter: Letter, way: str) -> Check:
    """Judge a letter on one way, and draw it."""
    now = sheet(letter, way)
    document = composing.compose(now)
    easy = letter.layout == Letter.Layout.EASY
    reading = readability.read("" if now.foreign else now.body, easy=easy)
    return Check(
        now, gates.look(now), webpage.body(document, lambda _: ""),
        composing.fingerprint(now, document), reading.hints if now.to_client else [],
        [(key, *WAYS[key]) for key in now.kind.ways],
    )  # fmt: skip


def act_for(verdict: gates.Verdict) -> str:
    """What to do about a closed gate: the name of the page that mends it, or nothing."""
    if verdict.why in (person.NO_HOME, person.NO_POSTCODE):
        return "by_hand"
    if verdict.why.endswith(paper.TOGETHER):
        return "review"
    return {
        "address": "address", "format": "write", "words": "write", "complete": "write",
        "translated": "translate", "current": "draw_up_again", "safe": "plan",
        "consent": "consent", "agreed": "agreed",
    }.get(verdict.gate.key, "")  # fmt: skip


def may_send_here(letter: Letter) -> list[str]:
    """What the organisation may be told, in words: for whoever types."""
    from openhiu.web.casework.sharing import ITEMS

    if letter.organisation is None:
        return []
    kind = KINDS[letter.kind]
    items = permit(letter.case.person, letter.organisation, kind).items
    return [ITEMS[key].label for key in ITEMS if key in items]


def item_page(actor: Actor, item: Outgoing) -> dict[str, Any]:
    """What the page of one thing in the outbox shows, and what can be done there."""
    now = sheet(item.letter, item.way)
    closed = gates.why_not_leave(item) if item.state in lifecycle.OPEN else ""
    writes = may(actor.role, Permission.WRITE_LETTER)
    can = lifecycle.MOVES[item.state]
    printed = item.state in ("to_post", "to_hand")
    return {
        "item": item, "row": row(item), "stage": lifecycle.STAGES[item.state],
        "closed": closed, "plain_envelope": now.neutral,
        "return_to": now.head.return_to if now.head else "",
        "can_post": printed and writes, "can_cancel": "cancelled" in can and
        item.state != "sending", "can_settle": item.state == "unsure",
        "forms": giving.forms(item) if writes else (), "address": giving.address(item),
        "can_write": writes and item.letter.state == Letter.State.DRAFT,
        "ended": item.state in lifecycle.ENDS, "channel": channels.why_not(MAIL),
    }  # fmt: skip
