"""A made-up trust, and everything `hiu demo` shows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from openhiu import extract
from openhiu.errors import WrongUsage
from openhiu.identify.windows import months_before
from openhiu.programme.activity import ReadOptions, read_files
from openhiu.programme.lists import ListMade, ListOptions, explain_person, make_list
from openhiu.synthetic import Trust, make_trust

Say = Callable[[str], None]
# Two years of the service, and two and a half before it: what an evaluation compares with.
_DEMO_MONTHS: Final = 54
_BY_CHANCE: Final = "Made up: with few people the months differ by chance."


def make_synthetic(
    out: Path, *, people: int, sites: int, first: date, last: date, seed: int, dirty: bool, say: Say
) -> Trust:
    """A made-up trust, for demonstration and tests."""
    if last <= first:
        raise WrongUsage("--to does not lie after --from", remedy="give a later date with --to")
    return make_trust(
        out, people=people, sites=sites, first=first, last=last, seed=seed, dirty=dirty,
        progress=say,
    )  # fmt: skip


@dataclass(frozen=True)
class Demonstration:
    """Everything `hiu demo` has to show."""

    trust: Trust
    trust_folder: Path
    received: list[extract.Received]
    made: ListMade
    explained: list[str]
    next_steps: list[str]


def demonstrate(out: Path, *, people: int, as_of: date, until: date, say: Say) -> Demonstration:
    """A made-up trust's four years and more, its files read, two lists and an explanation.

    The newest list is of `as_of`; the trust's own data go on up to, not with, `until`.
    """
    trust_folder, store = out / "trust", out / "store"
    say("making up a trust")
    trust = make_synthetic(
        trust_folder, people=people, sites=3, first=months_before(as_of, _DEMO_MONTHS), last=until,
        seed=1, dirty=True, say=say,
    )  # fmt: skip
    say("reading its files")
    received = read_files(
        trust.files, store, ReadOptions(accept_held=_BY_CHANCE), on_progress=extract.no_progress
    )
    (store / "locality.toml").write_bytes(trust.locality.read_bytes())
    say("making the lists")
    before = make_list(ListOptions(store, months_before(as_of, 1)), out / "list-before")
    options = ListOptions(store, as_of, previous=before.out)
    made = make_list(options, out / "list")
    return Demonstration(
        trust, trust_folder, received, made, _two_explanations(made, options),
        _next_steps(out, as_of),
    )  # fmt: skip


def _two_explanations(made: ListMade, options: ListOptions) -> list[str]:
    """The first person of the list, and the first who left it since last month."""
    lines = explain_person(options, made.finished.listed[0].person_id)[:1]
    left = [change for change in made.finished.changes if change.change == "left"]
    return lines + [f"{change.list_id}: left the list. {change.reason}" for change in left[:1]]


def _next_steps(out: Path, as_of: date) -> list[str]:
    store, trust = out / "store", out / "trust"
    return [
        f"{out / 'list' / 'list.xlsx'}  the workbook to send on; its first sheet explains it",
        f"{out / 'list' / 'flow.csv'}  where everyone who is not on the list went",
        f"{out / 'list' / 'changes.csv'}  who came and who left since last month, and why",
        f"{out / 'evaluation' / 'evaluation.pdf'}  what changed, and what would have anyway",
        f"{out / 'board-report'}  the quarterly report to the board, in every form",
        f"{out / 'tiers'}  who comes most often, by hospital and place; publishable/ is to hand on",
        "Try what happens to a file that Excel has damaged:",
        f"  hiu extract {trust / 'dirty'}/*.csv --store {store}",
        "Try another definition:",
        f"  hiu identify --store {store} --as-of {as_of} --preset tiers --out {out}/tiers",
    ]
