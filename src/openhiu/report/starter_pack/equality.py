"""The draft of an equality impact assessment: who comes most often by deprivation, age and sex,
where tiers were given, and what that asks of the service, group by group.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openhiu.disclosure import HIDDEN, disclose_parts, shown_share
from openhiu.paper.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from openhiu.report import printed
from openhiu.report.starter_pack.sheet import Paper, Sheet, paper
from openhiu.report.starter_pack.source import Source
from openhiu.report.tiers.told import InTier, Tiers

SHEET: Final = Sheet(
    "equality-impact-assessment",
    "Equality impact assessment",
    "Whom the service reaches, whom it could miss, and what is done about it.",
    "commissioner's equality lead and the provider",
    ("area", "hospitals", "provider", "tiers"),
)
_QUINTILES: Final = {
    "1": "Most deprived fifth", "2": "Second fifth", "3": "Middle fifth", "4": "Fourth fifth",
    "5": "Least deprived fifth",
}  # fmt: skip
# The characteristics of the Equality Act 2010, then groups of inclusion health.
_GROUPS: Final = (
    ("Age", "Younger adults may not pick up; older people may not hear well", ("Texts and other "
     "times for calls; large print; age from 18 unless commissioned otherwise")),
    ("Disability", ("Letters and telephone calls shut people out; autism and learning disability "
     "are easily overlooked"), ("Communication needs asked before the first call; Easy Read; calls "
     "checked against them")),
    ("Sex", "Violence at home is found most among women; men ask for help late", ("Safe-contact "
     "plan before any call; choice of lead where there is more than one")),
    ("Gender reassignment", "Old names in hospital data", ("Own name and pronouns stand on the "
     "record; former names are kept apart")),
    ("Race", "Ethnic group is often not recorded in A&E; distrust of services", ("Interpreters; "
     "partners from communities; the fairness table of each list")),
    ("Religion or belief", "Times and places that do not fit", ("Asked; faith groups are among "
     "those around the service")),
    ("Sexual orientation", "Fear of having to explain oneself", ("No assumptions; local groups in "
     "the directory")),
    ("Pregnancy and maternity", "Pathways of maternity can look like frequent visits",
     "Set aside as planned care; joint work with midwives where wanted"),
    ("Marriage and civil partnership", "A partner may open letters or answer calls",
     "Who may answer is asked; letters only where safe"),
    ("People without a home", "No address, no telephone, no GP", ("Kept on the list although no "
     "area is known; met where they are")),
    ("Carers", "Their own visits hide what they carry", ("Asked about; carers' services in the "
     "directory")),
    ("People in contact with justice services", "Fear that help is surveillance", ("Police have no "
     "access and no seat in the agreement")),
    ("Migrants, Gypsy, Roma and Traveller people, sex workers", "Fear of being reported",
     "What is and is not shared is said first"),
    ("People without internet or credit", "Cannot ring back or read online", ("The lead rings; "
     "nothing has to be done online")),
)  # fmt: skip


def make(source: Source) -> Paper:
    """The assessment."""
    return paper(source, SHEET, [
        *_aim(source), *_numbers(source), *_list(source), *_groups(), *_actions(),
        *_signed(),
    ])  # fmt: skip


def _aim(source: Source) -> list[Block]:
    plus = source.locality.plus
    chosen = f" {source.area} puts these first: {printed.listed(plus)}." if plus else ""
    return [
        Heading("What the service is for"),
        Paragraph(
            f"{printed.capital(source.service)} supports adults who come to "
            f"{source.hospitals_in_words} most often. "
            "Coming often goes with poverty, bad housing, loneliness and ill health of mind and "
            f"body, so it can narrow inequalities, if it reaches people fairly.{chosen}"
        ),
    ]


def _numbers(source: Source) -> list[Block]:
    tiers = source.tiers
    if tiers is None:
        return [Heading("Who comes most often"), Note("No numbers yet", (
            ("No tiers were given. Make this pack with a store, or with the folder that hiu report "
            "tiers wrote, and the people are shown here by deprivation, age and sex."),
        ), warning=True)]  # fmt: skip
    blocks: list[Block] = [
        Heading("Who comes most often"),
        Paragraph(
            f"People of {source.area} in {tiers.year.name}, by how often they came. Counts of 1 to "
            "7 are a star; the rest is rounded to the nearest 5."
        ),
    ]
    for title, of in (("deprivation", _deprivation), ("age", _age), ("sex", _sex)):
        table = _table(title, {tier.key: of(tiers.whole.tiers[tier.key]) for tier in tiers.tiers},
                       tiers)  # fmt: skip
        if table:
            blocks.append(table)
    return [*blocks, *_reading(tiers)]


def _deprivation(found: InTier) -> Mapping[str, object]:
    return {_QUINTILES.get(key, "Not known"): found.imd[key] for key in sorted(found.imd)}


def _age(found: InTier) -> Mapping[str, object]:
    return {_band(key): found.age[key] for key in found.age}


def _band(key: str) -> str:
    return "Not known" if key == "unknown" else (
        key.replace("-", " to ").replace("+", " and over")
    )  # fmt: skip


def _sex(found: InTier) -> Mapping[str, object]:
    return {printed.capital(key): found.sex[key] for key in found.sex}


def _table(title: str, counts: Mapping[str, Mapping[str, object]], tiers: Tiers) -> Table | None:
    shown = {key: protected(parts, tiers.publishable) for key, parts in counts.items()}
    groups = list(dict.fromkeys(group for parts in shown.values() for group in parts))
    if not groups:
        return None
    rows = tuple((group, *(shown[tier.key].get(group) for tier in tiers.tiers)) for group in groups)
    return Table(
        f"People by {title} and attendances in {tiers.year.name}",
        (printed.capital(title), *(tier.label for tier in tiers.tiers)), rows,
        note=f"From hospital data up to {_upto(tiers)}.",
        sheet=f"By {title}",
    )  # fmt: skip


def protected(parts: Mapping[str, object], publishable: bool) -> dict[str, int | str]:
    """Counts as anybody may see them; those that may be are left as they are."""
    known = {key: count for key, count in parts.items() if isinstance(count, int | str)}
    if publishable:
        return known
    whole = {key: count for key, count in known.items() if isinstance(count, int)}
    return disclose_parts(whole, total_stands=True)[0]


def _reading(tiers: Tiers) -> list[Block]:
    """What the table says, where it may be said."""
    found = tiers.whole.tiers[tiers.top.key]
    most = protected(_deprivation(found), tiers.publishable).get(_QUINTILES["1"])
    whole = protected({"all": found.people.total}, tiers.publishable).get("all")
    share = HIDDEN if most is None or whole is None else shown_share(most, whole)
    if isinstance(share, str):
        return []
    word = "more" if share > _FIFTH else "fewer" if share < _FIFTH else "as many"
    than = "as" if word == "as many" else "than"
    return [Paragraph(
        f"Of people with {tiers.top.label} attendances, about {share}% are known to live in the "
        f"most deprived fifth of areas in England: {word} {than} the 20% there would be if "
        "deprivation made no difference and the area were like England.")]  # fmt: skip


_FIFTH: Final = 20


def _upto(tiers: Tiers) -> str:
    """The last day that the hospital's data know of."""
    try:
        return printed.day(tiers.cut_off)
    except ValueError:
        return tiers.cut_off or printed.day(tiers.as_of)


def _list(source: Source) -> list[Block]:
    return [
        Heading("Is the way people are chosen fair?"),
        Bullets((
            *source.criteria.sentences()[:3],
            ("Age, sex, ethnic group and deprivation play no part in who is listed, apart from the "
            "age limit. Each list comes with a table that sets groups on it beside groups who "
            "attend."),
            ("Counting misses people: those whose visits could not be linked, who go to several "
            "hospitals, or who have stopped coming because nobody listened. A person may be "
            "suggested for vulnerability besides."),
        )),
    ]  # fmt: skip


def _groups() -> list[Block]:
    return [
        Heading("Group by group"),
        Paragraph("The first two columns are a start. Write beside each what is known locally."),
        Table("What could go wrong for whom, and what is done", (
            "Group", "What could go wrong", "What is done", "What is known here"),
            tuple((*row, "") for row in _GROUPS), widths=(1.1, 1.7, 1.9, 1.1)),
    ]  # fmt: skip


def _actions() -> list[Block]:
    rows = (
        ("Read the fairness table of every list; talk about it in the quarterly review", "", ""),
        ("Compare who was listed, asked, said yes and was supported, by group", "", ""),
        ("Ask people from the groups above how the service looks from where they are", "", ""),
        ("Have letters and the consent form in the languages most spoken here", "", ""),
        ("Look at this assessment again after 12 months", "", ""),
    )
    return [Heading("Actions"),
            Table("What is done next", ("What", "Whose", "By"), rows,
                  widths=(3.4, 1, 0.8))]  # fmt: skip


def _signed() -> list[Block]:
    return [Table("Agreed by", ("Role", "Name", "Signature", "Date"), (
        ("Equality lead", "", "", ""), ("Commissioner", "", "", ""), ("Provider", "", "", ""),
    ), widths=(1.4, 1.4, 1.4, 0.8))]  # fmt: skip
