"""What is drawn: nothing typed becomes markup, every error leads to its control, ids are whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from jinja2 import Environment

from openhiu.web.design.forms import Choice, Choices, LongText, NhsForm, Select, Text, Tick
from openhiu.web.design.steps import Question, Questions
from support.design_page import GOOD, PAGE, SHELL, WRONG, EveryKind, context

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
Draw = Callable[..., str]


class Tags(HTMLParser):
    """Every tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, name: str) -> list[str]:
        return [str(attrs[name]) for _, attrs in self.tags if name in attrs]


@pytest.fixture(params=[None, GOOD, WRONG], ids=["fresh", "good", "wrong"])
def page(request: pytest.FixtureRequest, templates: Environment) -> str:
    return templates.from_string(PAGE).render(context(EveryKind(request.param)))


def test_no_id_stands_twice(page: str) -> None:
    ids = Tags(page).of("id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("pointer", ["for", "aria-describedby", "aria-labelledby", "aria-controls"])
def test_what_points_to_an_id_finds_it(page: str, pointer: str) -> None:
    parsed = Tags(page)
    wanted = {each for ids in parsed.of(pointer) for each in ids.split()}
    assert wanted <= set(parsed.of("id"))


def test_every_line_of_the_error_summary_leads_to_a_control(templates: Environment) -> None:
    html = templates.from_string(PAGE).render(context(EveryKind(WRONG)))
    summary = html[html.index("error-summary__list") : html.index("<h1")]
    controls = {
        attrs.get("id")
        for tag, attrs in Tags(html).tags
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden"
    }
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == len(EveryKind(WRONG).errors)
    assert set(links) <= controls


def test_a_wrong_year_alone_is_marked_and_linked(draw: Draw) -> None:
    data = QueryDict("born_day=1&born_month=2&born_year=74")
    html = draw("{{ forms.error_summary(form) }}{{ forms.field(form.born) }}", form=EveryKind(data))
    assert 'href="#id_born-year"' in html
    marked = [a["id"] for _, a in Tags(html).tags if "nhsuk-input--error" in (a.get("class") or "")]
    assert marked == ["id_born-year"]


def evil_form() -> type[NhsForm]:
    class Evil(NhsForm):
        text = Text(EVIL, hint=EVIL, initial=EVIL, prefix=EVIL, width=EVIL, classes=EVIL)
        long = LongText(EVIL, hint=EVIL, initial="</textarea>" + EVIL, count=9)
        one = Choice(
            EVIL, choices=[(EVIL, EVIL)], hints={EVIL: EVIL}, reveals={EVIL: "shown"}, initial=EVIL
        )
        shown = Text(EVIL, initial=EVIL)
        many = Choices(EVIL, choices=[(EVIL, EVIL)], initial=[EVIL], divider={EVIL: EVIL})
        pick = Select(EVIL, choices=[(EVIL, EVIL)], initial=EVIL)
        tick = Tick(EVIL, hint=EVIL)

    return Evil


FIELDS = ["text", "long", "one", "many", "pick", "tick"]
PARTS = [
    "parts.tag(x, x)", "parts.inset(x)", "parts.empty(x, x, x)", "parts.figure(x, x, x)",
    "parts.back(x, x)", "parts.breadcrumbs([(x, x)])", "parts.heading(x, x)",
    "parts.summary([(x, x, [(x, x)])], card_title=x, card_actions=[(x, x)])",
    "parts.both_texts([{'label': x, 'theirs': x, 'yours': x}], x, x)",
    "parts.meter(x, 3, 2, note=x)", "parts.tabs([(x, x, x)])", "parts.link_button(x, x)",
    "parts.sort_link(x, x, x)", "parts.print_button(x)",
    "forms.post_button(x, x, fields={x: x}, hidden_text=x)", "forms.buttons(x, x, x, x)",
    "forms.form_start(action=x, draft=x, id=x)",
]  # fmt: skip
CALLED = [
    "parts.card(x, url=x, classes=x, id=x)", "parts.details(x)", "parts.warning(x)",
    "parts.filter_card(active=1, clear=x, title=x, keep={x: x})", "parts.timeline(x)",
    "parts.event(x, x, x, url=x, colour=x)",
]  # fmt: skip


def harmless(html: str) -> None:
    parsed = Tags(html)
    assert "script" not in {tag for tag, _ in parsed.tags}
    assert not [tag for tag, attrs in parsed.tags if any(name.startswith("on") for name in attrs)]
    assert "<img" not in html


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("posted", [False, True], ids=["fresh", "posted"])
def test_a_field_full_of_markup_is_only_text(draw: Draw, name: str, posted: bool) -> None:
    data = QueryDict(mutable=True)
    for each in FIELDS:
        data.setlist(each, [EVIL])
    form = evil_form()(data if posted else None)
    html = draw(f"{{{{ forms.error_summary(form) }}}}{{{{ forms.field(form.{name}) }}}}", form=form)
    harmless(html)
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("call", PARTS)
def test_a_part_full_of_markup_is_only_text(draw: Draw, call: str) -> None:
    html = draw(f"{{{{ {call} }}}}", x=EVIL, shell=SHELL)
    harmless(html)
    assert "script" in html


@pytest.mark.parametrize("call", CALLED)
def test_a_part_around_others_full_of_markup_is_only_text(draw: Draw, call: str) -> None:
    html = draw(f"{{% call {call} %}}{{{{ x }}}}{{% endcall %}}", x=EVIL, shell=SHELL)
    harmless(html)
    assert "script" in html


@pytest.mark.parametrize("name", ["error", "403", "404", "429", "400", "csrf", "500", "confirm"])
def test_error_pages_are_whole_and_show_markup_as_text(templates: Environment, name: str) -> None:
    given = dict.fromkeys(("title", "text", "sentence", "wait", "reference", "submit"), EVIL)
    html = templates.get_template(f"design/{name}.html").render(
        {**context(), "form": None, **given}
    )
    assert html.count("<h1") == 1
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html


def test_error_pages_stand_without_any_context(templates: Environment) -> None:
    for name in ("400", "403", "404", "429", "500", "csrf"):
        assert "<h1" in templates.get_template(f"design/{name}.html").render()


def test_a_stale_save_shows_both_texts_and_keeps_what_was_typed(templates: Environment) -> None:
    form = EveryKind(QueryDict("note=mine&posted=abc&version=4"))
    html = templates.get_template("design/stale.html").render(
        {
            **context(form),
            "fields": [{"label": "Note", "theirs": "theirs", "yours": "mine"}],
            "who": "Ben",
        }
    )
    assert "Saved by Ben" in html
    assert re.search(r"<textarea[^>]*name=\"note\"[^>]*>mine</textarea>", html)
    assert 'name="version" value="4"' in html
    assert 'name="posted" value="abc"' in html


def test_check_your_answers_shows_each_with_its_way_back(templates: Environment) -> None:
    given = {**context(), "form": None, "rows": [("Reached?", "Yes", [("Change", "/reached")])]}
    html = templates.get_template("design/check.html").render(given)
    assert "Check your answers" in html
    assert 'href="/reached"' in html


def test_several_lines_come_back_as_they_were(draw: Draw) -> None:
    class Lines(NhsForm):
        ask = Choice("Ask", choices=[("a", "A")], reveals={"a": "text"}, initial="a")
        text = LongText("Text", initial="one\n  two\n\nthree")

    html = draw("{{ forms.field(form.ask) }}", form=Lines())
    assert ">one\n  two\n\nthree</textarea>" in html


def test_without_a_csrf_token_the_page_fails_at_once(templates: Environment) -> None:
    source = '{% from "design/forms.html" import form_start %}{{ form_start() }}'
    with pytest.raises(LookupError, match="with context"):
        templates.from_string(source).render(csrf_token="t")


def test_a_form_sent_wrong_keeps_its_once_token_and_its_page(draw: Draw) -> None:
    form = EveryKind(QueryDict("posted=abc&page=/call/1"))
    html = draw("{{ forms.form_start(form, draft='k') }}", form=form, shell=SHELL)
    assert 'name="posted" value="abc"' in html
    assert 'name="page" value="/call/1"' in html
    assert 'data-draft="k" data-draft-url="/drafts/"' in html


def test_each_fresh_form_has_a_token_of_its_own(draw: Draw) -> None:
    found = {
        re.search(r'posted" value="([^"]+)', draw("{{ forms.form_start() }}"))[1] for _ in "ab"
    }
    assert len(found) == 2


def test_a_form_with_a_file_is_sent_in_parts(draw: Draw) -> None:
    html = draw("{{ forms.form_start(form) }}", form=EveryKind())
    assert 'enctype="multipart/form-data"' in html


def test_a_password_is_never_filled_in_again(draw: Draw) -> None:
    html = draw("{{ forms.field(form.word) }}", form=EveryKind(QueryDict("word=hunter2")))
    assert "hunter2" not in html


def test_djangos_own_fields_are_drawn_by_their_widget(draw: Draw) -> None:
    from django import forms

    class Plain(forms.Form):
        login = forms.EmailField(label="E-mail")
        password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "off"}))
        remember = forms.BooleanField(required=False)
        colour = forms.ChoiceField(choices=[("r", "Red")], widget=forms.RadioSelect)

    html = draw("{% for f in form %}{{ forms.field(f) }}{% endfor %}", form=Plain())
    kinds = [a["type"] for tag, a in Tags(html).tags if tag == "input"]
    assert kinds == ["email", "password", "checkbox", "radio"]


def test_a_page_says_error_in_its_title_when_something_is_wrong(templates: Environment) -> None:
    html = templates.from_string(PAGE).render(context(EveryKind(WRONG)))
    assert "<title>Error: Log a call \u2013 OpenHIU</title>" in html


def test_there_is_no_logo_or_name_of_the_nhs(page: str) -> None:
    assert "nhsuk-header__logo" not in page
    assert "NHS England" not in page
    assert "frutiger" not in page.lower()


def test_nothing_is_inline_but_the_one_script_with_its_nonce(page: str) -> None:
    parsed = Tags(page)
    assert not parsed.of("style")
    assert "<style" not in page
    scripts = [attrs for tag, attrs in parsed.tags if tag == "script"]
    assert all(attrs.get("nonce") == "abc" for attrs in scripts)


def test_a_single_question_is_its_own_heading(draw: Draw) -> None:
    class One(NhsForm):
        why = LongText("What happened?")

    html = draw("{{ forms.form_page(form) }}", form=One())
    assert re.search(r"<h1[^>]*>\s*<label", html)


def test_sorting_keeps_the_filter_and_begins_at_the_first_page(templates: Environment) -> None:
    source = '{% from "design/parts.html" import sort_link with context %}'
    drawn = templates.from_string(source + '{{ sort_link("Name", "name", "name") }}')
    html = drawn.render(context())
    assert 'href="?sort=-name"' in html
    assert 'aria-sort="ascending"' in html


def step_form(label: str) -> type[NhsForm]:
    class Step(NhsForm):
        answer = Text(label)

    return Step


ASKED = Questions(
    [
        Question("reached", "Did you reach them?", step_form("Reached")),
        Question(
            "why", "Why not?", step_form("Why"), asked_when=lambda a: a.get("reached") == "no"
        ),
        Question("next", "What next?", step_form("Next")),
    ]
)


def test_questions_that_do_not_apply_are_passed_over_and_not_counted() -> None:
    assert ASKED.following("reached", {"reached": "yes"}) == "next"
    assert ASKED.following("reached", {"reached": "no"}) == "why"
    assert ASKED.following("next", {}) == ""
    step = ASKED.step("next", {"reached": "yes"}, back=lambda name: f"/{name}")
    assert (step.number, step.total, step.back) == (2, 2, "/reached")
    with pytest.raises(KeyError):
        ASKED.step("why", {"reached": "yes"})


def test_a_step_says_where_one_is(templates: Environment) -> None:
    given: dict[str, Any] = {**context(step_form("Next")()), "step": ASKED.step("next", {})}
    html = templates.get_template("design/step.html").render(given)
    assert "Step 2 of 2" in html
    assert html.count("<h1") == 1
