"""The logic model of the place, filled with the quarter's counts and the real results."""

from __future__ import annotations

from typing import Final

from openhiu.evaluate.outcomes import BY_KEY
from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph
from openhiu.report import printed
from openhiu.report.board.changed import SAME_WAY, change_of
from openhiu.report.board.did import lines_of, missing
from openhiu.report.board.reached import one_line
from openhiu.report.board.source import Source
from openhiu.report.board.value import break_even, other_leads, worth_of

PARTS: Final = (
    ("inputs", "What goes in"),
    ("activities", "What is done"),
    ("outputs", "What that makes"),
    ("outcomes", "What changes"),
    ("impact", "What that leads to"),
    ("assumptions", "What it rests on"),
)
_OUTPUTS: Final = ("approached", "opened", "caseload_now", "contacts", "contacts.reached",
                   "connections", "plans_in_own_words", "stepped_back",
                   "picked_up_again")  # fmt: skip


def section(source: Source) -> list[Block]:
    """The whole page."""
    model = source.locality.logic_model
    blocks: list[Block] = [Heading("Logic model"), Paragraph(model.aim, "Aim.")]
    for part, words in PARTS:
        blocks += [Heading(words, 3), Bullets(getattr(model, part)), *_really(source, part)]
    if model.defaulted:
        blocks.append(Paragraph(defaulted(model.defaulted), small=True))
    return blocks


def _really(source: Source, part: str) -> list[Block]:
    """What of this part was real in the quarter; nothing of what is only done or hoped for."""
    tellers = {"inputs": _inputs, "outputs": _outputs, "outcomes": _outcomes, "impact": one_line,
               "assumptions": _natural_change}  # fmt: skip
    told = tellers[part](source) if part in tellers else ""
    return [Paragraph(told, "What happened:")] if told else []


def _inputs(source: Source) -> str:
    money = source.locality.money
    default = "" if money.lead_cost_given else " (the programme's usual figure)"
    leads = source.facts.leads if source.facts else None
    people = "" if leads is None else f"{printed.leads(leads)}; "
    if other_leads(source, money.leads):
        return (
            f"{people[:-2]}. What the service costs is not told: the costs entered are for "
            f"{printed.leads(money.leads)} ([money] leads in the locality file)."
        )
    cost = f"{people}the service costs {printed.pounds(money.cost_a_year)} a year{default}."
    return printed.capital(cost)


def _outputs(source: Source) -> str:
    if source.facts is None:
        return missing("what was made")
    told = [
        f"{words[:1].lower()}{words[1:]}: {printed.count(count)}"
        for key, words, count in lines_of(source.facts)
        if key in _OUTPUTS
    ]
    return f"{source.period}: {'; '.join(told)}." if told else ""


def _outcomes(source: Source) -> str:
    window = source.evidence.headline
    found = [f"{BY_KEY[key].words}: {change_of(one)}"
             for key, one in source.evidence.outcomes(window)]  # fmt: skip
    own = [f"{one.words}: {printed.people(one.people)}"
           for one in (source.facts.outcomes if source.facts else ())]  # fmt: skip
    told = [f"against what was expected over {window} months: {'; '.join(found)}"] if found else []
    if own:
        told.append(f"what clients chose and reached: {'; '.join(own)}")
    return " ".join(f"{printed.capital(line)}." for line in told)


def _natural_change(source: Source) -> str:
    window = source.evidence.headline
    worth = worth_of(source)
    natural = [line for line in source.evidence.outcome(window).get("sentences", ())
               if line.startswith(SAME_WAY)]  # fmt: skip
    return " ".join([*natural, *(break_even(source, worth) if worth else ())])


def defaulted(parts: tuple[str, ...]) -> str:
    """Which parts stand in the programme's words, and where a place writes its own."""
    named = printed.listed([words.lower() for part, words in (("aim", "Aim"), *PARTS)
                            if part in parts])  # fmt: skip
    return (
        f"In the national programme's words, because this place has not written its own: {named}. "
        "Write them under [logic_model] in the locality file, or on the reports page."
    )
