"""Whatever a lead types, nothing that a client is given holds a word that hurts (I14)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.paper import pictograms
from openhiu.paper.blocks import Bullets, Correspondence, Document, EasyRead, Heading, Paragraph
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.models import Case
from openhiu.web.letters import actions, composing, gates, texts
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.models import Letter
from openhiu.web.letters.sheet import sheet
from openhiu.web.letters.word_gate import check
from support.web import make_member
from support.web_letters import HeldChannel, make_client, make_letter, make_practice

pytestmark = pytest.mark.django_db
HURT = (
    "discharge", "discharged", "Discharging", "frequent flyer", "frequent attenders", "abuser",
    "non-compliant", "noncompliance", "refused", "refusal", "DNA", "DNA'd", "did not attend",
    "failed to engage", "attention-seeking", "relapsed", "misused", "manipulative",
    "time waster", "drug seeking", "committed suicide", "an alcoholic",
)  # fmt: skip
FINE = (
    "step back", "open at a distance", "said not now", "we missed each other", "dna",
    "Alcoholics Anonymous", "the Drug Misuse Service", "be patient", "engaged to be married",
    "substance use", "charge your phone", "a refuge", "complaint", "the disc is charged",
)  # fmt: skip
# Ways in which a word is hidden without being another word to whoever reads it.
_DAY = date(2026, 11, 11)
HIDE = st.sampled_from([
    lambda word: word, str.upper, str.title, lambda word: word.replace("-", "\u2011"),
    lambda word: word.replace(" ", "\n"), lambda word: word.replace(" ", "\u00a0 "),
    lambda word: word[:3] + "\u00ad" + word[3:], lambda word: word[:2] + "\u200b" + word[2:],
    lambda word: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word),
    lambda word: word.replace("e", "e\u0301", 1), lambda word: f"({word})",
    lambda word: f"\u201c{word}\u201d,",
])  # fmt: skip
LONE = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)


@pytest.mark.parametrize("word", HURT)
def test_each_is_found_and_another_word_is_offered(word: str) -> None:
    [found] = check(f"They said {word} again.")
    assert found.suggestion.startswith("say") or "leave it out" in found.suggestion
    assert found.why


@pytest.mark.parametrize("word", FINE)
def test_ordinary_words_are_left_alone(word: str) -> None:
    assert check(f"They said {word} again.") == []


def test_the_glossary_does_not_say_what_the_table_would_not_find() -> None:
    table = (Path(__file__).parents[3] / "GLOSSARY.md").read_text("utf-8").split("## Terms")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")][1:]
    left = {"dropped", "removed", "presented", "someone who comes often"}
    said = {re.sub(r" as a name.*", "", one).strip() for row in rows for one in row.split(",")}
    for word in said - left - {"Do not say", "---"}:
        assert check(word), f"{word} is in the glossary and not in the table"


@settings(max_examples=600, deadline=None)
@given(before=LONE, after=LONE, word=st.sampled_from(HURT), hide=HIDE)
def test_no_paper_is_made_of_them_however_they_are_hidden(
    before: str, after: str, word: str, hide: object
) -> None:
    # The molecule is written otherwise than the three capitals that blame.
    as_seen = word if word.startswith("DNA") and hide is str.title else hide(word)  # type: ignore[operator]
    text = f"{before} {as_seen} {after}"
    assert check(text), repr(text)
    blocks = (Paragraph(text), Heading(text), Bullets((text,)), EasyRead((pictograms.row(text),)))
    for block in blocks:
        document = Document("A letter", (block,), made_for=_DAY, letter=Correspondence())
        for make in (composing.make_pdf, composing.make_word):
            with pytest.raises(composing.NotKind):
                make(document, to_client=True)


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    words=st.lists(st.one_of(st.sampled_from(HURT + FINE), LONE), max_size=6),
    kind=st.sampled_from([kind.key for kind in KINDS.values() if kind.to_client]),
    layout=st.sampled_from(Letter.Layout.values), way=st.sampled_from(["post", "hand"]),
)  # fmt: skip
def test_what_goes_to_a_client_holds_none(
    lead: Actor, case: Case, words: list[str], kind: str, layout: str, way: str
) -> None:
    """A closed gate, or bytes whose every word is fit to be read: nothing between."""
    letter = Letter(
        service=lead.service, case=case, kind=kind, layout=layout, written_by=lead.membership,
        body="Dear you,\n\n" + "\n".join(words), plan_version=case.plan.version,
    )  # fmt: skip
    now = sheet(letter, way)
    document = composing.compose(now)
    told = composing.said(document)
    if gates.BY_KEY["words"].look(now):
        with pytest.raises(composing.NotKind):
            composing.make_word(document, to_client=True)
    else:
        assert check(told) == []
    # What is printed is what was judged: no word is lost, and none comes from elsewhere.
    if layout != "easy":
        for word in words:
            for part in word.split():
                if part not in ("-", "##"):
                    assert part in told


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS.values() if kind.to_client])
@pytest.mark.parametrize("field", ["body", "easy", "neutral"])
def test_our_own_words_hold_none(lead: Actor, kind: str, field: str) -> None:
    words = texts.wording(lead.service_id, kind)
    assert words
    assert check(getattr(words, field)) == []
    assert "patient" not in getattr(words, field)


def test_to_a_client_no_reason_passes_them(lead: Actor, case: Case) -> None:
    letter = make_letter(lead, case)
    letter = actions.change_letter(by=lead, letter=letter, version=1, body="You were discharged.")
    with pytest.raises(NotAllowed):
        actions.pass_gate(by=lead, letter=letter, gate="words", reason="The hospital's own word.")
    with pytest.raises(gates.Closed, match="step back"):
        actions.put_in(by=lead, letter=letter, way="hand")


def test_a_hurtful_word_in_the_plan_or_the_service_s_words_is_found_too(
    lead: Actor, case: Case
) -> None:
    update_each(type(case.plan).objects.filter(case=case), warning_signs="I become non-compliant")
    letter = make_letter(lead, Case.objects.get(pk=case.pk), "crisis_plan")
    with pytest.raises(gates.Closed):
        actions.put_in(by=lead, letter=letter, way="hand")
    type(lead.service).objects.filter(pk=lead.service.pk).update(out_of_hours="Ring the DNA line")
    hello = make_letter(lead, case)
    assert gates.BY_KEY["words"].look(sheet(Letter.objects.get(pk=hello.pk), "post"))


def test_between_professionals_a_reason_passes_them_and_is_kept(
    lead: Actor, case: Case, held: HeldChannel
) -> None:
    practice = make_practice(lead, case)
    letter = make_letter(lead, case, "gp_working", to=practice)
    letter = actions.change_letter(by=lead, letter=letter, version=1,
                                   body="He was discharged from the ward on Monday.")  # fmt: skip
    with pytest.raises(gates.Closed):
        actions.put_in(by=lead, letter=letter, way="mail")
    actions.pass_gate(by=lead, letter=letter, gate="words", way="mail",
                      reason="It is what the ward's summary says.")  # fmt: skip
    assert actions.put_in(by=lead, letter=letter, way="mail").state == "waiting"


def test_behind_a_translation_the_english_is_looked_at(lead: Actor) -> None:
    case = make_client(lead, plan={"accessible_needs": ["other_language"],
                                   "interpreter": "Polish"})  # fmt: skip
    letter = make_letter(lead, case)
    letter = actions.change_letter(by=lead, letter=letter, version=1, translated="Dzień dobry",
                                   body="You refused.")  # fmt: skip
    assert gates.BY_KEY["words"].look(sheet(letter, "post"))


def test_local_words_for_clients_pass_the_gate_before_they_are_kept(lead: Actor) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    facts = {"kind": "hello", "language": "en", "version": 0}
    with pytest.raises(NotAllowed, match="another way"):
        actions.change_words(by=supervisor, body="You did not attend, {called}.", **facts)
    with pytest.raises(NotAllowed, match="Nobody knows"):
        actions.change_words(by=supervisor, body="Dear {nickname}.", **facts)
    actions.change_words(by=supervisor, body="Hiya {called}!", **facts)
    case = make_client(lead)
    letter = make_letter(lead, case)
    assert (letter.body, letter.words_version) == ("Hiya Robin!", 1)
