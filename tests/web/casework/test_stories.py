"""The story vault: told with consent, details changed, two readers; taken out at once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Announcement, Role
from openhiu.web.casework import actions, story_lifecycle, story_policies
from openhiu.web.casework.models import Case, Story
from openhiu.web.casework.queries import stories as vault
from openhiu.web.casework.story_details import DETAILS, LONGEST_QUOTE, left
from openhiu.web.people.actions import mark_died
from support.web import make_member, make_service
from support.web_casework import make_case
from support.web_stories import (
    SAID,
    WORDS,
    agreed,
    approved,
    read_by,
    ready,
    two_readers,
    written,
)

pytestmark = pytest.mark.django_db
TOLD = {"kind": "story", "quarter": "2026-Q4", "words": WORDS, "title": "A kitchen"}


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sam Supervisor")


@pytest.fixture
def idris(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SAFEGUARDING, name="Idris Safe")


@pytest.fixture
def other_lead(lead: Actor) -> Actor:
    return make_member(lead.service, Role.LEAD, name="Bo Lead")


# --- before anything is written ---


def test_without_their_own_yes_to_it_nothing_is_written(lead: Actor) -> None:
    case = make_case(lead)
    with pytest.raises(NotAllowed, match="have not said yes to their story in reports"):
        actions.write_story(by=lead, case=case, changed=list(DETAILS), **TOLD)


@pytest.mark.parametrize("purpose", ["training", "talks"])
def test_a_yes_for_something_else_is_no_yes_for_reports(lead: Actor, purpose: str) -> None:
    case = agreed(lead, purpose=purpose)
    with pytest.raises(NotAllowed, match="have not said yes to their story in reports"):
        actions.write_story(by=lead, case=case, changed=list(DETAILS), **TOLD)


def test_a_story_is_asked_for_a_purpose_that_is_known(lead: Actor) -> None:
    with pytest.raises(NotAllowed, match="what the story may be used for"):
        agreed(lead, purpose="advertising")


def test_a_no_is_no_yes(lead: Actor) -> None:
    case = agreed(lead, given=False)
    with pytest.raises(NotAllowed, match="have not said yes"):
        written(lead, case)


def test_after_the_review_date_they_are_asked_again_first(lead: Actor) -> None:
    case = agreed(lead, review_on=timezone.localdate() + timedelta(days=30))
    with (
        time_machine.travel(timezone.now() + timedelta(days=31)),
        pytest.raises(NotAllowed, match="passed its review date"),
    ):
        written(lead, case)


def test_of_someone_who_died_nothing_is_written(lead: Actor, supervisor: Actor) -> None:
    case = agreed(lead)
    mark_died(by=supervisor, person=case.person, on=timezone.localdate(), registered=True)
    case.refresh_from_db()
    with pytest.raises(NotAllowed, match="has died"):
        written(lead, case)


def test_only_those_who_walk_alongside_write(
    lead: Actor, other_lead: Actor, supervisor: Actor
) -> None:
    case = agreed(lead)
    with pytest.raises(NotAllowed, match="supported by someone else"):
        written(other_lead, case)
    with pytest.raises(NotAllowed, match="Leads and cover write"):
        written(supervisor, case)


def test_every_detail_is_changed_or_not_told(lead: Actor) -> None:
    case = agreed(lead)
    for missing in DETAILS:
        rest = [key for key in DETAILS if key != missing]
        with pytest.raises(NotAllowed, match=r"Still to change") as said:
            written(lead, case, changed=rest)
        assert DETAILS[missing].lower() in str(said.value)
    assert left(DETAILS) == []
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": " "}, "Write the words"),
        ({"title": ""}, "a title for a story"),
        ({"kind": "poem"}, "a story or a quote"),
        ({"quarter": "autumn"}, "Choose the quarter"),
        ({"kind": "quote", "words": "x" * (LONGEST_QUOTE + 1)}, "at most 280 characters"),
    ],
)
def test_words_that_are_not_whole_are_sent_back(
    lead: Actor, wrong: dict[str, str], said: str
) -> None:
    case = agreed(lead)
    with pytest.raises(NotAllowed, match=said):
        actions.write_story(by=lead, case=case, changed=list(DETAILS), **{**TOLD, **wrong})


def test_a_quote_has_no_title_and_may_be_as_long_as_the_limit(lead: Actor) -> None:
    quote = written(lead, kind="quote", words="x" * LONGEST_QUOTE)
    assert quote.title == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("I cook\u00ad now\u200b, and it is\ufeff mine. ", "I cook now, and it is mine."),
        ("line one\nline two", "line one\nline two"),
        ("my family \U0001f468\u200d\U0001f467", "my family \U0001f468\u200d\U0001f467"),
        ("a\u200db \u200d", "ab"),
    ],
)
def test_nothing_is_kept_that_nobody_sees(lead: Actor, typed: str, kept: str) -> None:
    story = written(lead, words=typed, title=typed)
    assert (story.words, story.title) == (kept, kept)
    story = actions.change_story(
        by=lead, story=story, version=1, quarter="2026-Q4", words=f"Now {typed}", title="A",
        changed=list(DETAILS),
    )  # fmt: skip
    assert story.words == f"Now {kept}"
    with pytest.raises(NotAllowed, match="Write the words"):
        written(lead, story.case, words="\u200b")


# --- their yes to the words, and two readers ---


def test_nobody_reads_it_before_they_said_yes_to_the_words(lead: Actor, supervisor: Actor) -> None:
    story = written(lead)
    with pytest.raises(NotAllowed, match="not said yes to these words yet"):
        read_by(supervisor, story=story)
    approved(lead, story)
    assert read_by(supervisor, story=story).state == "reviewed_once"


def test_two_readers_make_it_ready_and_one_does_not(
    lead: Actor, supervisor: Actor, idris: Actor
) -> None:
    story = approved(lead)
    assert read_by(supervisor, story=story).state == "reviewed_once"
    assert "Two people have to find it safe" in story_policies.why_not_told(story)
    assert read_by(idris, story=story).state == "ready"
    assert story_policies.why_not_told(story) == ""


def test_who_wrote_it_does_not_read_it(lead: Actor, supervisor: Actor) -> None:
    story = approved(lead)
    with pytest.raises(NotAllowed, match="You wrote this"):
        read_by(lead, story=story)


def test_who_wrote_it_does_not_read_it_in_another_role_either(lead: Actor) -> None:
    story = approved(lead)
    herself = make_member(lead.service, Role.SUPERVISOR, user=lead.user)
    with pytest.raises(NotAllowed, match="You wrote this"):
        read_by(herself, story=story)


def test_one_person_in_two_roles_is_one_reader(lead: Actor, supervisor: Actor) -> None:
    story = approved(lead)
    again = make_member(lead.service, Role.SAFEGUARDING, user=supervisor.user)
    read_by(supervisor, story=story)
    with pytest.raises(NotAllowed, match="A second person has to"):
        read_by(again, story=story)


def test_one_of_the_two_answers_for_safety(lead: Actor, other_lead: Actor, idris: Actor) -> None:
    story = approved(lead)
    third = make_member(lead.service, Role.LEAD)
    read_by(other_lead, story=story)
    with pytest.raises(NotAllowed, match="a supervisor or the safeguarding lead"):
        read_by(third, story=story)
    assert read_by(idris, story=story).state == "ready"


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.LEAD, Role.SUPERVISOR, Role.SAFEGUARDING)]
)
def test_nobody_else_reads_for_it(lead: Actor, role: Role) -> None:
    story = approved(lead)
    with pytest.raises(NotAllowed, match="Supervisors, safeguarding leads and leads"):
        read_by(make_member(lead.service, role), story=story)


def test_a_reader_who_doubts_sends_it_back_with_words(
    lead: Actor, supervisor: Actor, idris: Actor
) -> None:
    story = approved(lead)
    with pytest.raises(NotAllowed, match="Say what has to change"):
        read_by(supervisor, story=story, safe=False)
    read_by(idris, story=story)
    story = read_by(supervisor, story=story, safe=False, words="There is only one such kitchen.")
    assert (story.state, story.approved_edition) == ("written", 0)
    told = Announcement.objects.filter(to=lead.membership, seen_at=None).last()
    assert told is not None
    assert told.words == "What you wrote for reports needs a change."


def test_changed_words_are_agreed_to_and_read_anew(lead: Actor, supervisor: Actor) -> None:
    story = ready(lead)
    changed = actions.change_story(
        by=lead, story=story, version=story.version, quarter="2026-Q4", changed=list(DETAILS),
        title="A hall", words="Somebody asked. Now I help in a hall.",
    )  # fmt: skip
    assert (changed.state, changed.edition) == ("written", 2)
    assert story_policies.why_not_told(changed)
    with pytest.raises(NotAllowed, match="not said yes to these words"):
        read_by(supervisor, story=changed)
    again = approved(lead, changed)
    assert read_by(*two_readers(lead), story=again).state == "ready"


def test_a_review_of_earlier_words_says_nothing_of_these(lead: Actor, supervisor: Actor) -> None:
    story = approved(lead)
    fresh = actions.change_story(
        by=lead, story=story, version=story.version, quarter="2026-Q4", changed=list(DETAILS),
        title="A hall", words="Other words.",
    )  # fmt: skip
    approved(lead, fresh)
    with pytest.raises(Stale):
        actions.review_story(by=supervisor, story=story, edition=1, safe=True)


def test_who_changed_it_wrote_it_too(lead: Actor) -> None:
    cover = make_member(lead.service, Role.COVER)
    case = agreed(lead)
    story = written(lead, case)
    Case.objects.filter(pk=case.pk).update(lead=cover.membership)
    story = actions.change_story(
        by=cover, story=story, version=story.version, quarter="2026-Q4", changed=list(DETAILS),
        title="A hall", words="Other words.",
    )  # fmt: skip
    approved(cover, story)
    for writer in (lead, make_member(lead.service, Role.SUPERVISOR, user=cover.user)):
        with pytest.raises(NotAllowed, match="You wrote this"):
            read_by(writer, story=story)


def test_a_stale_change_shows_both_texts(lead: Actor) -> None:
    story = written(lead)
    with pytest.raises(Stale) as both:
        actions.change_story(
            by=lead, story=story, version=story.version - 1, quarter="2026-Q4",
            changed=list(DETAILS), title="A kitchen", words="Mine.",
        )  # fmt: skip
    assert ("Words", WORDS, "Mine.") in both.value.fields


def test_their_yes_has_happened_and_says_something(lead: Actor) -> None:
    story = written(lead)
    told = {"by": lead, "story": story, "version": story.version, "how": "spoken"}
    with pytest.raises(NotAllowed, match="cannot be after today"):
        actions.note_approval(on=timezone.localdate() + timedelta(days=1), said=SAID, **told)
    with pytest.raises(NotAllowed, match="Say what they said"):
        actions.note_approval(on=timezone.localdate(), said=" ", **told)


def test_the_database_itself_knows_no_ready_story_without_their_yes(lead: Actor) -> None:
    story = written(lead)
    with pytest.raises(DatabaseError, match="told_only_as_approved"), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state="ready")


def test_what_a_reader_found_stays_as_they_found_it(lead: Actor) -> None:
    ready(lead)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update casework_storyreview set safe = true")


# --- who knows whose it is ---


def test_readers_see_the_words_and_not_whose_they_are(
    lead: Actor, supervisor: Actor, idris: Actor, other_lead: Actor
) -> None:
    approved(lead)
    (for_lead,), (for_idris,) = vault.vault(lead), vault.vault(idris)
    assert for_lead.case is not None
    assert for_idris.case is None
    assert (for_lead.waits_for_me, for_idris.waits_for_me) == (False, True)
    assert vault.vault(other_lead)[0].case is None


def test_what_waits_is_told_to_those_who_answer_for_safety_and_settles(
    lead: Actor, supervisor: Actor, idris: Actor
) -> None:
    story = approved(lead)
    asked = Announcement.objects.filter(seen_at=None, words__startswith="Words for a report wait")
    assert {one.to for one in asked} == {supervisor.membership, idris.membership}
    read_by(supervisor, story=story)
    assert {one.to for one in asked.all()} == {idris.membership}
    read_by(idris, story=story)
    assert not asked.all().exists()


def test_the_moves_are_a_table_and_each_state_can_be_reached() -> None:
    reached = {to for ways in story_lifecycle.MOVES.values() for to in ways}
    assert set(story_lifecycle.STATES) == set(story_lifecycle.MOVES)
    assert set(story_lifecycle.STATES) - reached == set()
    assert story_lifecycle.MOVES["taken_out"] == ()


def test_the_diagram_in_the_documentation_is_the_table() -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "stories-and-quotes.md"
    assert f"```mermaid\n{story_lifecycle.diagram()}\n```" in page.read_text("utf-8")
