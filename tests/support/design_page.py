"""A form with every kind of field and a page with every part, to be looked at by tests."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from markupsafe import Markup

from openhiu.web.design.forms import (
    Amount,
    Choice,
    Choices,
    Date,
    Email,
    LongText,
    NhsForm,
    NhsNumber,
    Phone,
    Secret,
    Select,
    Text,
    Tick,
    TimeOfDay,
    Upload,
    Version,
    Whole,
    YesNo,
)
from openhiu.web.design.shell import Account, Link, SessionClock, Shell


class EveryKind(NhsForm):
    name = Text("Preferred name", hint="What they like to be called", width=20)
    email = Email("E-mail address", required=False)
    phone = Phone("Telephone number", required=False)
    visits = Whole("Visits", required=False, min_value=0)
    cost = Amount("Cost", prefix="£", required=False)
    number = NhsNumber(check=lambda digits: digits == "9991234561")
    born = Date("Date of birth", past=True)
    time = TimeOfDay("Time of the call", hint="For example, 14:30 or 2.30pm")
    reached = Choice(
        "Did you reach them?",
        choices=[("yes", "Yes"), ("no", "No, nobody answered"), ("other", "Something else")],
        hints={"yes": "You spoke with them"},
        reveals={"other": "why"},
        missing="Select whether you reached them",
    )
    why = LongText("What happened?", count=200)
    voicemail = YesNo("May we leave a voicemail?")
    reasons = Choices(
        "Reasons",
        choices=[("housing", "Housing"), ("debt", "Debt"), ("none", "None of these")],
        exclusive="none",
        divider={"none": "or"},
    )
    lead = Select("Lead", choices=[(1, "Asha"), (2, "Ben")])
    note = LongText("Note", required=False)
    agreed = Tick("I have read it to them")
    file = Upload("List", accept=".csv", required=False)
    word = Secret("Password", required=False)
    version = Version(initial=3)


GOOD = QueryDict(
    "name=Robin&number=999+123-4561&born_day=22&born_month=11&born_year=1974&time=2.30pm"
    "&reached=no&voicemail=no&reasons=housing&reasons=debt&lead=2&agreed=on&version=3"
)
WRONG = QueryDict(
    "email=no&phone=x&visits=many&number=12&born_day=31&born_month=2&born_year=2020&time=late"
    "&reached=other&reasons=none&reasons=debt&version=3"
)

SHELL = Shell(
    navigation=(
        Link("Today", "/", current=True, count=3),
        Link("People you are supporting", "/a"),
        Link("Hospital lists", "/l"),
    ),
    account=Account("Asha Rao", "HIU lead", "Demo service", "/out", (Link("Your account", "/me"),)),
    session=SessionClock(900, "/session/", "/session/stay", "/locked.html"),
    search_url="/find",
    drafts_url="/drafts/",
    demo="Everyone here is made up.",
    important="Planned work tonight from 22:00.",
    footer=(Link("Accessibility statement", "/acc"), Link("Contact", "/contact")),
    footer_note="Demo service, 9 to 5, Monday to Friday",
    worried_url="/worried",
)

PAGE = """
{% extends "design/layout.html" %}
{% from "design/forms.html" import form_page, post_button with context %}
{% from "design/parts.html" import back, breadcrumbs, summary, tag, meter, pages, sort_link,
   filter_card, empty, card, figure, timeline, event, both_texts, details, warning, inset,
   print_button, tabs, link_button, heading with context %}
{% block title %}Log a call{% endblock %}
{% block before %}{{ back("/b") }}{{ breadcrumbs([("Home", "/"), ("People", "/p")]) }}{% endblock %}
{% block content %}
{{ form_page(form, "Log a call", caption=text, note="One minute is enough.", cancel="/x",
             draft="call:1") }}
<h2>Parts</h2>
{{ post_button("/x", "Put aside", hidden_text=text) }}
{{ summary([("Name", text), ("Number", "9991234561" | nhs_number, [("Change", "/c")]),
            ("Nothing", none)],
           card_title="Who they are", card_actions=[("Change all", "/y")]) }}
{{ tag(text, "green") }}
{{ meter("Working together", 14, 15, low=12) }}
{{ meter("Everyone open", 53, 50, note=text) }}
{{ meter("New this quarter", 15, 15) }}
<div class="app-figures">{{ figure(3, "calls today", "/c") }}{{ figure(12, text) }}</div>
{% call filter_card(active=1, clear="/l", keep={"sort": text}) %}<p>Fields</p>{% endcall %}
<table class="nhsuk-table app-cards"><caption class="nhsuk-table__caption">The list</caption>
<thead class="nhsuk-table__head"><tr>{{ sort_link("Name", "name", "name") }}
{{ sort_link("Next", "next", "name") }}</tr></thead>
<tbody class="nhsuk-table__body">{% for row in page %}<tr class="nhsuk-table__row">
<th scope="row" class="nhsuk-table__cell"><a href="/p/{{ row }}">Person {{ row }}</a></th>
<td class="nhsuk-table__cell" data-label="Next">{{ row }}</td></tr>{% endfor %}</tbody></table>
{{ pages(page, "people") }}
{{ empty(text, "/l", "See the list") }}
{% call card("Next step", url="/n") %}<p>{{ text }}</p>{% endcall %}
{% call timeline() %}
{% call event("22 Nov, 14:05", text, "Asha") %}<p>They were well</p>{% endcall %}
{% call event("20 Nov", "Attended", colour="alert") %}{% endcall %}{% endcall %}
{{ both_texts([{"label": "Note", "theirs": text, "yours": "mine"}]) }}
{% call details("Why we ask") %}<p>Because it helps.</p>{% endcall %}
{% call warning("Restricted address") %}<p>Ask first.</p>{% endcall %}
{{ inset(text) }}{{ print_button() }}{{ link_button("/n", text) }}
{{ tabs([("one", "One", text), ("two", "Two", "y")]) }}
<button type="button" class="nhsuk-button" data-toggle="more" data-show-text="Show more"
        data-hide-text="Show less" aria-expanded="false" hidden>Show more</button>
<p id="more">More of it</p>
{% endblock %}
"""


class Asked:
    """As much of a request as a template looks at."""

    csp_nonce = "abc"
    _messages = ()

    def __init__(self, query: str = "sort=name&page=4") -> None:
        self.GET = QueryDict(query)
        self.META: dict[str, Any] = {}

    def get_full_path(self) -> str:
        return "/call/?" + self.GET.urlencode()


def context(form: Any = None, text: str = "Robin", shell: Shell = SHELL) -> dict[str, Any]:
    return {
        "form": form if form is not None else EveryKind(),
        "text": text,
        "shell": shell,
        "page": Paginator(range(1, 200), 10).page(4),
        "request": Asked(),
        "csrf_token": "token",
        "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="token">'),
    }
