"""Who is listed, as the contract says it: criteria come in; rules, eligibility, exclusions and the
complete list of settings go out. Nothing here is written by hand for one set of criteria: the words
are those of the list's own cover sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from openhiu.identify.criteria import NO_AGE_LIMIT, Criteria, Kind, Rule
from openhiu.identify.describe import footprint_sentence
from openhiu.identify.written import as_raw
from openhiu.locality import Locality
from openhiu.paper.blocks import Fields, Table

_NEVER: Final = (
    "Nobody is left out for a diagnosis, for drinking or using drugs, for having no home or no "
    "phone, for how they behaved, or for having been supported before."
)


def rules_table(criteria: Criteria) -> Table:
    """Each rule by the name that the list gives it, and whom it lists."""
    rows = tuple((rule.label, whom(rule)) for rule in criteria.rules)
    return Table(
        "The thresholds commissioned", ("Rule, as each list names it", "Who is listed by it"), rows,
        note="A person is listed when any of the rules lists them; every list says by which.",
        widths=(1, 2.2), sheet="Thresholds",
    )  # fmt: skip


def whom(rule: Rule) -> str:
    """Whom a rule lists, in words."""
    if rule.kind is Kind.TOP:
        return (
            f"The {rule.at_least:,} people with most attendances in the window, on each list. "
            "Where several have the same number at the end of it, those who came last are taken."
        )
    over = {
        Kind.MONTH: "any 30 days in a row of the window" if rule.rolling
        else "a calendar month of the window",
        Kind.WINDOW: "the window",
    }.get(rule.kind, "the 12 months before the as-of date")  # fmt: skip
    return f"Everyone with {_bounds(rule)} attendances in {over}."


def _bounds(rule: Rule) -> str:
    if rule.at_most is not None:
        return f"{rule.at_least} to {rule.at_most}"
    return f"more than {rule.at_least - 1}" if rule.strictly else f"{rule.at_least} or more"


def eligible(criteria: Criteria, locality: Locality) -> tuple[str, ...]:
    """Who and what counts: the sentences of the list's cover sheet, and the area."""
    return (*criteria.sentences(), footprint_sentence(locality))


def excluded(criteria: Criteria, locality: Locality) -> tuple[str, ...]:
    """Who is not listed, whatever they attend."""
    found = []
    if criteria.youngest > 0:
        found.append(f"People under {criteria.youngest} years of age on the as-of date.")
    if criteria.oldest < NO_AGE_LIMIT:
        found.append(f"People over {criteria.oldest} years of age on the as-of date.")
    if not criteria.any_age:
        found.append("People whose age nobody knows.")
    if locality.footprint.defined:
        found.append(_outside(locality))
    found.append("People known to have died.")
    if criteria.exclusions_file:
        found.append(
            "People whom the hospital set aside, each with a reason and for a time, in a file that "
            "stays with the hospital."
        )
    return (*found, _NEVER)


def _outside(locality: Locality) -> str:
    """Somebody is kept unless what is known of them lies outside."""
    footprint = locality.footprint
    lives, registered = "live in the commissioned area", "are registered with a GP practice in it"
    if not footprint.gp_practices:
        who = f"People who do not {lives}"
    elif not footprint.lsoas:
        who = "People who are not registered with a GP practice of the commissioned area"
    elif footprint.combine == "or":
        who = f"People who neither {lives} nor {registered}"
    else:
        who = f"People who do not both {lives} and have a GP practice in it"
    return f"{who}, as far as either is known of them."


def settings(criteria: Criteria, fingerprint: str) -> Fields:
    """Every setting of the criteria file, as it stands there."""
    rows = tuple((key, _as_json(value)) for key, value in lines(criteria))
    return Fields(
        "The criteria in full", rows, columns=("Setting", "Value"), widths=(1, 2),
        note=f"Fingerprint of all that decides who is listed (SHA-256): {fingerprint}.",
    )  # fmt: skip


def plain(words: str) -> str:
    """Words of a file as a page can show them."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _as_json(value: Any) -> str:
    """What no page can show is told as JSON tells it."""
    told = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in told)


def lines(criteria: Criteria) -> Iterator[tuple[str, Any]]:
    """Each setting by its key in the file; rules are numbered."""
    for key, value in as_raw(criteria).items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{part}", found) for part, found in value.items())
        elif key == "rules":
            for number, rule in enumerate(value, start=1):
                yield from ((f"{key}.{number}.{part}", found) for part, found in rule.items())
        else:
            yield key, value
