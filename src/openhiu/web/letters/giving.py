"""Files of what is in the outbox: an item comes in; why none is given, or its bytes, go out.

What waits is given to be printed; what was sent as a copy that says so; what was stopped or failed
not at all, so that no paper of it is posted after all.
"""

from __future__ import annotations

from typing import Any, Final

from openhiu.paper import word
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.casework.sharing import PLACES
from openhiu.web.design.words import day
from openhiu.web.letters import gates, keeping, lifecycle
from openhiu.web.letters.kinds import KINDS, For
from openhiu.web.letters.models import Outgoing

State: Any = Outgoing.State
HIDDEN: Final = "Not shown, to keep them safe"


def tells_where(item: Outgoing) -> bool:
    """Whether its kept copy may tell where someone in hiding is."""
    letter = item.letter
    if not letter.case.person.restricted:
        return False
    if letter.organisation_id is None:
        # What waits to be handed over has no address on it, and passes the gates as of now.
        return bool(item.state != State.TO_HAND)
    practice = KINDS[letter.kind].reader is For.PRACTICE
    return practice or item.told is None or bool(PLACES & set(item.told["items"]))


def address(item: Outgoing) -> str:
    """Where it goes or went, on one line; of someone in hiding nothing."""
    if item.letter.case.person.restricted:
        return HIDDEN
    return item.address.replace("\n", ", ") or "None on it"


def why_none(item: Outgoing) -> str:
    """Why no file of it is given, as a sentence; nothing when there is one."""
    if item.state in (State.FAILED, State.CANCELLED):
        return "It did not leave, so there is nothing of it to print. Mend it and send it again."
    if tells_where(item):
        return "Their whereabouts are restricted. No copy of this is given out."
    closed = gates.why_not_leave(item) if item.state in lifecycle.OPEN else ""
    return f"Do not send it: {closed}" if closed else ""


def forms(item: Outgoing) -> tuple[str, ...]:
    """In which forms a file of it is given now."""
    if why_none(item):
        return ()
    kept = {"pdf": item.pdf_id, "docx": item.word_id}
    wanted = ("docx",) if item.state == State.SENT else ("pdf", "docx")
    return tuple(form for form in wanted if kept[form])


def file(item: Outgoing, form: str) -> bytes:
    """The bytes as they were made; of what was sent with a line that says it is a copy.

    Raises:
        Missing: there is no such form of it.
        NotAllowed: none is given, or the kept copy is not as it was made.
    """
    copy = {"pdf": item.pdf, "docx": item.word}.get(form)
    if copy is None:
        raise Missing
    why = why_none(item)
    if why:
        raise NotAllowed(why)
    if form not in forms(item):
        raise NotAllowed("It was sent. The copy for the file is the Word file.")
    try:
        content = keeping.kept(copy)
    except keeping.Altered:
        raise NotAllowed("The kept copy is not as it was made. It is given to nobody.") from None
    return content if item.state != State.SENT else word.marked(content, mark(item))


def mark(item: Outgoing) -> str:
    """What stands at the top of every page of a copy."""
    on = item.sent_on or item.ended_at
    return f"Copy for the file, sent on {day(on)}" if on else "Copy for the file"
