"""What stands in a business case: every gap of the programme's template is filled, or named at the
front with how to fill it; nothing stands as a gap, and no number without its range and source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from openhiu.errors import InputNotUsable
from openhiu.locality import Locality, locality_from
from openhiu.paper import pdf
from openhiu.paper.blocks import Contents, Figure, Heading, Note, PageBreak, Paragraph, Table
from openhiu.report import folder as folders
from openhiu.report.business_case import make, said
from openhiu.report.business_case.answer import how_sure
from openhiu.report.folder import Folder
from openhiu.report.staffing import capacity_of
from openhiu.report.tiers.shape import Cost, InTier, Spread, Tiers
from support.business_cases import SAID, bare, case, evaluation, folder, full, place, unsaid
from support.staffing import sample_staffing
from support.tiers import sample_tiers

BANNED = re.compile(
    r"\bdischarg\w*|\bfrequent (flyer|attender|user)s?\b|\babuser?s?\b|\bnon-?compliant\b"
    r"|\brefus\w+|\brelaps\w+|\bmisus\w+|\bover-?us\w+|\bpatients?\b|\bDNA\b",
    re.IGNORECASE,
)
GAPS = re.compile(
    r"<<|>>|\bXX+\b|£X|\bTB[CD]\b|\[insert|\binsert\b|\bNone\b|\bnan\b|\{|\}|Month/Year"
)
# Every place where the template says insert, section by section, and the value that fills it.
TEMPLATE = {
    "1 locality": "area", "1 people 5 to 10": "low_people", "1 their attendances":
    "low_attendances", "1 their value": "low_attendances_cost", "1 their admissions":
    "low_admissions", "1 cost of these": "low_admissions_cost", "1 in all": "low_total",
    "1 data collected from": "data_source", "1 deficit": "deficit", "1 this year": "deficit_year",
    "2 option": "option", "2 leads": "leads", "2 cost a lead": "lead_cost", "2 total a year":
    "cost_a_year", "2 places without": "uncovered", "2 places with": "existing_places",
    "2 FTE in post": "existing_leads", "2 top tier saving": "top_saving_a_year",
    "3 per year": "cost_a_year", "3 no more than": "contract_total", "3 from": "contract_from",
    "3 to": "contract_to", "4 people over 20": "top_people", "4 attendances":
    "top_attendances", "4 year": "year", "6 total": "contract_total", "6 two leads": "two_leads",
    "7 funding": "funding_source", "7 leads already": "existing_leads", "7 savings in all":
    "saving_total", "7 savings a year": "top_saving_a_year",
}  # fmt: skip


@pytest.mark.parametrize("gap", TEMPLATE)
def test_every_gap_of_the_template_is_filled_where_everything_is_said(gap: str) -> None:
    found = full()
    value = said.values(case(place()))[TEMPLATE[gap]]
    assert value, gap
    assert value in bare(found), gap


def test_nothing_is_missing_where_everything_is_said() -> None:
    found = full()
    assert found.missing == ()
    assert not any(isinstance(block, Note) for block in found.documents[0].document.blocks)


def test_what_nobody_said_is_named_at_the_front_with_its_remedy() -> None:
    found = unsaid()
    wanted = {one.what for one in found.missing}
    assert wanted == {
        "The shortfall in funding, and of which year", "The first and last month of the contract",
        "Which allocation pays for it", "Who is asked to approve",
        "The day by which a decision is needed", "Who answers for the service at the commissioner",
        "How the provider or the posts will be found", "Whether there are leads in each place",
    }  # fmt: skip
    assert all(re.search(r"Write \w+ = ", one.remedy) for one in found.missing)
    first = found.documents[0].document.blocks[0]
    assert isinstance(first, Note)
    assert len(first.lines) == len(wanted)


@pytest.mark.parametrize("made", [full, unsaid])
def test_no_gap_and_no_placeholder_stands_in_the_text(made: Callable[[], Folder]) -> None:
    told = re.sub(r"Write \w+ = [^ ]+", "", bare(made()))
    assert not GAPS.search(told), GAPS.findall(told)


def test_a_sentence_without_its_value_is_left_out_whole() -> None:
    without = bare(unsaid())
    assert "shortfall" not in without.partition("Contents")[2]
    assert "It runs from" not in without
    assert "is asked to decide" not in without


@pytest.mark.parametrize("made", [full, unsaid])
def test_its_words_are_those_of_the_field(made: Callable[[], Folder]) -> None:
    assert not BANNED.search(bare(made()))


def test_the_eight_sections_of_the_template_stand_in_their_order() -> None:
    blocks = full().documents[0].document.blocks
    found = [block.text for block in blocks if isinstance(block, Heading) and block.level == 2]
    begins = ["1. The need", "2. The recommendation", "3. Executive summary", "4. Strategic",
              "5. Options", "6. Commercial", "7. Financial", "8. Management", "Annex"]  # fmt: skip
    assert len(found) == len(begins)
    assert all(one.startswith(begin) for one, begin in zip(found, begins, strict=True))
    assert any(isinstance(block, Contents) for block in blocks)


@pytest.mark.parametrize("made", [full, unsaid])
def test_the_summary_is_one_page_and_the_whole_is_short_without_empty_pages(
    made: Callable[[], Folder],
) -> None:
    """The summary alone, from its heading to the next; no page break leaves half a page empty."""
    whole = made().documents[0].document
    assert len(pdf.pictures(whole)) <= 12
    heads = {block.text[:2]: place for place, block in enumerate(whole.blocks)
             if isinstance(block, Heading) and block.level == 2}  # fmt: skip
    summary = replace(whole, blocks=whole.blocks[heads["3."] : heads["4."]])
    assert len(pdf.pictures(summary)) == 1
    assert not any(isinstance(block, PageBreak) for block in whole.blocks)


def test_three_leads_for_two_years_are_asked_for_exactly() -> None:
    """3 x £60,000 x 2 years = £360,000; the sample's staffing asks for 4 and 1 is in post."""
    told = bare(full())
    assert "£180,000 a year, and no more than £360,000 in all (3 leads at £60,000" in told


def test_the_saving_never_stands_without_its_range() -> None:
    for block in full().documents[0].document.blocks:
        if isinstance(block, Paragraph) and "expected to release" in block.text:
            assert "95% range" in block.text


def test_the_plain_before_and_after_stands_only_beside_what_falls_by_itself() -> None:
    told = bare(full())
    for found in re.finditer(r"plain before and after would claim £", told):
        around = told[found.start() : found.start() + 400]
        assert "would have happened anyway" in around or "Three bars" in told[
            max(0, found.start() - 400) : found.start()
        ]  # fmt: skip


def test_capacity_is_not_called_cash() -> None:
    assert "It is capacity, not cash" in bare(full())
    paid = place()
    paid = replace(paid, money=replace(paid.money, cash_releasing=("attendances",)))
    told = bare(folder(paid))
    assert "is cash, since this place pays for each contact" in told


def test_every_table_and_picture_says_where_its_numbers_are_from() -> None:
    """A source stands under the counted tables; the sums name the annex's assumptions."""
    told = bare(full())
    assert "Source: the hospitals' own emergency care records" in told
    assert "Source: hiu report staffing" in told
    for source in ("National Cost Collection", "BMC Health Services Research 2022", "Green Book",
                   "this area's people of 2024/25, a year later"):  # fmt: skip
        assert source in told


def test_with_an_evaluation_the_effect_is_the_areas_own() -> None:
    found = folder(place(), evaluation=evaluation())
    assert found.told["effect"]["basis"] == "evaluated"
    assert found.told["effect"]["months"] == 3
    assert "It is measured here: this area's own evaluation of 60 people over 3 months" in bare(
        found
    )


def test_without_a_year_before_an_assumption_stands_and_a_person_is_called() -> None:
    tiers = sample_tiers()
    units = tuple(
        replace(unit, tiers={key: replace(one, moved=None, before=None)
                             for key, one in unit.tiers.items()})
        for unit in tiers.units
    )  # fmt: skip
    found = make.make(replace(tiers, units=units, year_before=None), sample_staffing(), place())
    assert any("is an assumption, not measured here" in one for one in found.warnings)
    assert "planning assumption, measured nowhere: a third less in the top tier" in bare(found)
    summary = bare(found).partition("3. Executive summary")[2].partition("4. Strategic")[0]
    assert "What would have happened anyway is an assumption here" in bare(found), summary


def test_an_option_of_the_place_stands_beside_the_built_in_ones() -> None:
    own = place(options=[{"key": "join", "name": "Join the neighbours",
                          "benefits": "They have room",
                          "leads": 2, "lead_cost_a_year": 50_000, "mobilise_months": 1,
                          "scores": {"inequality": 5}, "reasons": {"inequality": "they know us"}}],
                recommended="join")  # fmt: skip
    found = case(own)
    joined = found.option("join")
    # 2 x £50,000 x 24 / 12 = £200,000.
    assert joined.worth.cost == 200_000
    assert joined.scores["inequality"] == (5, "they know us")
    assert joined.scores["lasting"] == (0, "not scored yet")
    told = bare(folder(own))
    assert "5. Join the neighbours" in told
    assert "5.0: they know us" in told


def test_an_option_that_is_not_the_best_is_recommended_only_with_a_warning() -> None:
    found = folder(place(recommended="make"))
    assert "The recommended option is not the one that scores highest." in found.warnings
    assert "whoever approves should ask why" in bare(found)
    nowhere = folder(place(recommended="nowhere"))
    assert any("no option 'nowhere'" in one for one in nowhere.warnings)


def test_internal_tiers_are_not_taken() -> None:
    with pytest.raises(InputNotUsable, match="internal"):
        make.make(sample_tiers(publishable=False), sample_staffing(), place())


def test_no_small_count_is_in_any_file() -> None:
    """East Vale has 14 people in the top tier (shown as 15) and 1 to 7 in some fifths."""
    told = bare(full())
    assert " 14 " not in told
    tables = [b for b in full().documents[0].document.blocks if isinstance(b, Table)]
    counts = [cell for table in tables if "People" in table.columns for row in table.rows
              for cell in row[1:2] if isinstance(cell, int)]  # fmt: skip
    assert counts
    assert all(count % 5 == 0 for count in counts)


def test_the_same_case_is_the_same_to_the_byte_and_opens_everywhere() -> None:
    one, two = (folders.contents(folder(place())) for _ in range(2))
    assert one == two
    assert {"business-case.pdf", "business-case.docx", "business-case.html", "business-case.xlsx",
            "business-case.json", "manifest.json"} <= set(one)  # fmt: skip
    figures = [b for b in full().documents[0].document.blocks if isinstance(b, Figure)]
    assert [figure.name for figure in figures] == [
        "cost-and-release", "what-hangs-on-what", "timeline"
    ]  # fmt: skip
    assert all(len(figure.alt) > 60 for figure in figures)


def changed(**tiers: Callable[[InTier], InTier]) -> Tiers:
    """The sample with tiers changed in the whole area and everywhere else."""
    whole = sample_tiers()
    units = tuple(
        replace(unit, tiers={key: tiers.get(KEYS[key], same)(one)
                             for key, one in unit.tiers.items()})
        for unit in whole.units
    )  # fmt: skip
    return replace(whole, units=units)


KEYS = {"20+": "top", "11-19": "mid", "5-10": "low"}


def same(found: InTier) -> InTier:
    return found


def hidden(found: InTier) -> InTier:
    """A tier of 1 to 7 people: nothing of it is told."""
    star = Spread("*", "*", "*", "*")
    return replace(found, people=star, attendances=star, emergency_admissions=star, bed_days=star,
                   cost=Cost(), forecast=None, before=None, moved=None, imd={})  # fmt: skip


def without_stays(found: InTier) -> InTier:
    """A hospital that sends no admissions."""
    return replace(found, emergency_admissions=Spread(), bed_days=Spread(),
                   cost=Cost(found.cost.attendances, None, found.cost.attendances))  # fmt: skip


@pytest.mark.parametrize(
    "tiers",
    [changed(top=hidden), changed(top=hidden, mid=hidden, low=hidden),
     changed(top=without_stays, mid=without_stays, low=without_stays),
     replace(sample_tiers(), prices=()), replace(sample_tiers(), area="The area")],
    ids=["top hidden", "all hidden", "no admissions", "no prices", "no name"],
)  # fmt: skip
def test_whatever_cannot_be_told_is_left_out_and_no_gap_stands(tiers: Tiers) -> None:
    found = make.make(tiers, sample_staffing(), Locality())
    told = re.sub(r"Write \w+ = [^ ]+", "", bare(found))
    assert not GAPS.search(told), GAPS.findall(told)
    assert not re.search(r"by \.|: \.|\(\)| ,|range £0 to £0", told)
    assert not BANNED.search(told)


@pytest.mark.parametrize(
    ("tiers", "why"),
    [(replace(sample_tiers(), prices=()), "no price is known"),
     (changed(top=hidden, mid=hidden, low=hidden), "too few to be told of")],
    ids=["no prices", "all hidden"],
)  # fmt: skip
def test_where_nothing_can_be_valued_the_document_says_so_and_claims_nothing(
    tiers: Tiers, why: str
) -> None:
    found = make.make(tiers, sample_staffing(), place())
    assert "What it would release" in {one.what for one in found.missing}
    told = bare(found)
    assert why in told
    assert "expected to release" not in told
    assert "£360,000" in told, "what it costs is known all the same"


def test_admissions_that_nobody_sent_are_named_as_missing() -> None:
    tiers = changed(top=without_stays, mid=without_stays, low=without_stays)
    found = {one.what for one in make.make(tiers, sample_staffing(), place()).missing}
    assert "Emergency admissions of the people who come most" in found


def test_an_area_without_a_name_is_told_so() -> None:
    found = make.make(replace(sample_tiers(), area="The area"), sample_staffing(), Locality())
    assert "The name of the area" in {one.what for one in found.missing}
    assert "in this area" in bare(found)


def test_to_do_nothing_asks_for_nothing() -> None:
    found = folder(place(recommended="do_nothing"))
    told = bare(found)
    assert "No new money is asked for." in told
    assert "No lead is paid for, so nothing new is released." in told
    assert "expected to release" not in told
    assert "Approval is sought" not in told
    assert any("No lead is asked for" in one for one in found.warnings)


def test_what_stayed_is_not_called_leaving_and_no_service_is_not_claimed() -> None:
    """44 of 110 stayed, shown 45: 41 %, so 59 % left; one lead is in post in the north. Where 20 of
    30 stayed a third left."""
    told = bare(full())
    assert "Most people leave the tier within a year." in told
    assert "41% were still in it a year later, and all of them together made 23% fewer" in told
    assert "with the leads who are in post" in told
    assert "without any such service" not in told
    tiers = changed(top=mostly_stayed)
    staying = bare(make.make(tiers, sample_staffing(), place()))
    assert "About a third of the people leave the tier within a year." in staying
    assert "Most people leave" not in staying


def mostly_stayed(found: InTier) -> InTier:
    """20 of 30 stayed."""
    if found.moved is None:
        return found
    to: dict[str, int | str | None] = {"20+": 20, "11-19": "*", "5-10": "*", "below": "*"}
    return replace(found, moved=replace(found.moved, of=30, to=to))


def test_a_place_that_nobody_spoke_of_is_not_called_one_without_a_service() -> None:
    """South and East Vale said nothing of leads here; where they say 0.0, there is none."""
    silent = bare(unsaid())
    assert "where there is no service today" not in silent
    assert "whether there is a service nobody has said" in silent
    assert "The new leads work in South Vale and East Vale, where there is no service" in bare(
        full()
    )


def test_prices_are_those_that_the_cost_was_worked_out_from() -> None:
    """Stays of one night and longer are priced apart: no sum uses the one of any length."""
    tiers = sample_tiers()
    visit, stay = tiers.prices
    short = replace(stay, item="emergency_admissions_short", words="short stays", gbp=826.0)
    long = replace(stay, item="emergency_admissions_long", words="long stays", gbp=5419.0)
    prices = (visit, replace(stay, words="stays of any length", gbp=9999.0), short, long)
    told = bare(make.make(replace(tiers, prices=prices), sample_staffing(), place()))
    assert "£826.00 for each of the short stays" in told
    assert "£5,419.00 for each of the long stays" in told
    assert "9,999" not in told
    # The sample's admissions cost £2,711 in each tier.
    assert "an emergency admission on average £2,711 (20 times or more)" in told


def test_with_no_lead_to_add_nothing_is_claimed_and_the_front_says_so() -> None:
    found = folder(place(leads=0, recommended="buy"))
    told = bare(found)
    assert "A lead to ask for: nothing is asked for here" in {one.what for one in found.missing}
    assert "Option 1: Do nothing. No new money is asked for." in told
    assert "Buy (commission a provider)" not in told
    for claim in ("very probably", "chance 1", "fully taken up", "Procure or appoint",
                  "£0 for 0 leads", "95% range £0"):  # fmt: skip
        assert claim not in told
    assert found.told["chance"] is None
    assert found.told["scenarios"] == {}


def test_a_chance_is_never_none_or_all() -> None:
    """10,000 of 10,000 draws are over 99 %, none of them under 1 %."""
    found = case(place())
    for pays, words in ((0.0, "under 1%"), (1.0, "over 99%"), (0.0003, "under 1%"), (0.38, "38%")):
        object.__setattr__(found, "__dict__", {**vars(found), "chance": replace(
            found.chance, pays=pays)})  # fmt: skip
        assert f"(chance {words})" in how_sure(found)


def test_leads_whose_money_ends_are_a_risk_and_not_counted_to_the_end() -> None:
    raw = {**SAID, "places": [{**SAID["places"][0], "funded_until": "2027-09-30"}]}
    told = bare(folder(locality_from(raw, Path("here"))))
    assert (
        "Leads in post are not paid for to the end of the contract: North Vale (30 September"
        in told
    )
    assert "Paid for are 1 lead in North Vale until 30 September 2027" in told
    assert "To keep them would be £60,000 a year more" in told
    assert "not paid for to the end" not in bare(full())


def test_what_is_paid_besides_leads_is_counted_and_said() -> None:
    """£8,500 beside 1 lead in post: 3 more leads bring £25,500 a year. 2 x (180,000 + 25,500)."""
    paid = place()
    told = bare(folder(replace(paid, money=replace(paid.money, other_cost_a_year=8_500))))
    assert "at £60,000 a lead and year and £25,500 a year for what comes with them" in told
    assert "£411,000" in told


def test_sharing_leads_is_an_option_where_it_needs_fewer() -> None:
    """119 / 45 = 2.6, so 3 in all and 2 to add; place by place it is 4 and 3."""
    told = bare(full())
    assert "All places together need 2.6 before rounding" in told
    assert "shared between them would leave 2 leads to add" in told
    assert case(place()).option("share").worth.cost == 240_000


def test_one_sentence_tells_what_a_lead_can_do() -> None:
    assert capacity_of(Locality().staffing, sample_staffing()).words in bare(full())


def test_attendances_that_are_not_there_are_no_break_even() -> None:
    """60 people of the lower tiers only: 1,286 avoided attendances are more than are expected."""
    dear = place(leads=30)
    told = bare(folder(dear))
    assert "A&E attendances and nothing else" not in told


def test_numbers_agree_with_their_verbs() -> None:
    assert "In North Vale there is already 1 lead in post" in bare(full())
    assert "1 of the 1 places" not in bare(full())
    four = replace(sample_staffing(), total=replace(sample_staffing().total, in_post=4.0))
    told = bare(make.make(sample_tiers(), four, place()))
    assert "there are already 4 leads in post" in told


def test_judged_scores_are_marked_and_those_entered_named() -> None:
    own = place(options=[{"key": "buy", "scores": {"sure": 5}}])
    told = bare(folder(own))
    assert "The place scored by itself: Buy: Sure to be delivered." in told
    assert "(not yet judged by the panel)" in told
