"""What people type about lists and approaches: posted texts come in, clean values go out."""

from __future__ import annotations

from typing import Any

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.access.models import Gateway
from openhiu.web.casework.doorway import CAPACITIES, ROUTES
from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    NhsNumber,
    Phone,
    Row,
    Select,
    Text,
    Tick,
    Version,
)
from openhiu.web.design.words import day
from openhiu.web.intake.models import Attempt, Listed, ReceivedList

Mode: Any = ReceivedList.LegalMode
NO_NAMES = "Keep it short, and leave out names and other people's details."


_GROUNDS = {
    Mode.DIRECT_CARE: "The hospital that treats these people asks the service to help.",
    Mode.SECTION_251: "Leads see who it is until the approval ends.",
    Mode.CONSENT_FIRST: "Leads see a reference, not who it is, until the hospital has a yes.",
}


class ReleaseForm(NhsForm):
    """Under which registered legal gateway a list is released."""

    gateway = Row(
        "On which legal ground may the leads see this list?",
        None,
        kind="radios",
        missing="Select the legal ground. Without one the list is not released",
    )
    note = LongText("A note for the record", required=False, rows=2, count=500)

    def __init__(self, *args: Any, gateways: list[Gateway], **more: Any) -> None:
        super().__init__(*args, **more)
        keys = [one.pk for one in gateways]
        field = self.fields["gateway"]
        field.queryset = Gateway.objects.filter(pk__in=keys).order_by("expires_on", "pk")
        field.label_from_instance = _named
        field.hints = {str(one.pk): _GROUNDS[one.kind] for one in gateways}


def _named(gateway: Any) -> str:
    """A gateway as somebody chooses it: "Direct care …, DPO-12, until 31 March 2027"."""
    return f"{gateway}, until {day(gateway.expires_on)}"


class ReasonForm(NhsForm):
    """Why something is sent back, withdrawn or put right."""

    reason = LongText("Why?", missing="Say why, in a few words", count=500, rows=3)


class SetAsideForm(NhsForm):
    """Why people are set aside."""

    set_aside_as = Choice(
        "Why are they set aside?",
        choices=Listed.Aside.choices,
        missing="Select why they are set aside",
        reveals={Listed.Aside.OTHER: "other"},
    )
    other = Text("What is the reason?", max_length=300, hint=NO_NAMES)
    reason = Text("Anything to remember", required=False, max_length=500, hint=NO_NAMES)

    @property
    def words(self) -> str:
        """The typed reason, wherever it was typed."""
        return str(self.cleaned_data.get("other") or self.cleaned_data.get("reason") or "")


class OverLimitForm(NhsForm):
    """Why a limit is passed; drawn only when one would be."""

    over_limit_reason = LongText(
        "Why are more people chosen than there is room for?",
        hint="Your supervisor is told. " + NO_NAMES,
        missing="Say why more people are chosen than there is room for",
        count=500,
        rows=3,
    )


def around_leave(form: type[NhsForm]) -> type[NhsForm]:
    """The same form, asking why somebody new is begun with around the lead's own leave."""
    why = LongText(
        "Why choose somebody new now, around your leave?",
        hint="Your supervisor is told. " + NO_NAMES,
        missing="Say why somebody new is chosen now",
        count=500,
        rows=3,
    )
    return type(form.__name__, (form,), {"over_limit_reason": why})


class VulnerabilityForm(NhsForm):
    """Why someone is added for their vulnerability."""

    reason = LongText(
        "Why this person?",
        hint="What makes you think they need someone at their side, however often they came.",
        missing="Say why this person, in a few words",
        count=1000,
        rows=4,
    )


class TypedPersonForm(VulnerabilityForm):
    """Someone who is on no list: who they are, and why."""

    given_name = Text("First name", max_length=100, autocomplete="off")
    family_name = Text("Last name", max_length=100, autocomplete="off")
    birth_date = Date("Date of birth", past=True, required=False)
    nhs_number = NhsNumber(
        check=lambda number: not isinstance(read_nhs_number(number), IdentifierFault),
        required=False,
    )
    phone = Phone("Telephone number", required=False)
    field_order = ("given_name", "family_name", "birth_date", "nhs_number", "phone", "reason")

    @property
    def person(self) -> dict[str, Any]:
        """Who was typed in, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class AskedForm(NhsForm):
    """What someone said when the hospital asked."""

    answer = Choice(
        "What did they answer?",
        choices=[
            ("", "Asked, no answer yet"),
            ("yes", "Yes, the service may call"),
            ("not_now", "Not now"),
            ("no", "No"),
        ],
        required=False,
    )
    asked_on = Date("When were they asked?", past=True)


class RerunForm(NhsForm):
    """Which list to make from the service's own store."""

    as_of = Date(
        "First day that no longer counts",
        past=True,
        hint="The list counts the three months before this day. For example, 1 4 2026",
    )
    preset = Select("Definition", choices=[("spec-top-250", "spec-top-250")])

    def __init__(self, *args: Any, presets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = presets


class AttemptForm(NhsForm):
    """One try at reaching someone."""

    how = Choice("How did you try?", choices=Attempt.How.choices, initial=Attempt.How.PHONE,
                 small=True)  # fmt: skip
    reached = Choice(
        "Did you reach them?",
        choices=Attempt.Reached.choices,
        missing="Select whether you reached them",
        small=True,
    )
    note = LongText("What happened?", required=False, count=1000, rows=3)
    next_try_on = Date("When will you try again?", future=True, required=False)
    neutral_only = Tick(
        "It is not known yet how to be in touch safely: neutral words only, no voicemail",
        required=False,
    )

    def __init__(self, *args: Any, has_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_plan:
            del self.fields["neutral_only"]


class NextTryForm(NhsForm):
    """When to try again."""

    next_try_on = Date("When will you try again?", future=True)


class WhyForm(NhsForm):
    """Why this person was chosen, in the lead's words, with the version it was drawn from."""

    reason = LongText("Why this person?", required=False, count=1000)
    version = Version()


class YesForm(NhsForm):
    """How someone said yes: the consent to take part."""

    told = LongText(
        "What did you tell them before they answered?",
        hint="Who you are, what the service does, that they can stop at any time.",
        missing="Write what you told them before they answered",
        count=1000,
        rows=3,
    )
    route = Choice(
        "How did they say yes?",
        choices=ROUTES,
        missing="Select how they said yes",
    )
    evidence = LongText(
        "What did they say, or where is the paper?",
        missing="Write what they said, or where the paper is",
        count=1000,
        rows=3,
    )
    capacity = Choice(
        "Is there any reason to doubt that they can decide this themselves?",
        choices=CAPACITIES,
        initial="presumed",
        hint="Everyone is presumed able to decide. If you think they cannot, stop here and talk "
        "with your supervisor.",
    )
    answered_on = Date("When did they say yes?", past=True)
    review_on = Date(
        "When will you ask again?",
        future=True,
        required=False,
        hint="Leave empty for the usual six months. For example, 22 5 2027",
    )

    @property
    def consent(self) -> dict[str, Any]:
        """What casework.actions.open_case takes."""
        given = {name: self.cleaned_data[name] for name in
                 ("told", "route", "evidence", "capacity", "answered_on")}  # fmt: skip
        review = self.cleaned_data.get("review_on")
        return {"given": True, **given, **({"review_on": review} if review else {})}


class NotNowForm(NhsForm):
    """When someone who said not now may be asked again."""

    ask_again_on = Date(
        "When may you ask again?", future=True, missing="Enter the day you may ask again"
    )
    note = LongText("What did they say?", required=False, count=500, rows=3)


class NoForm(NhsForm):
    """Someone said no."""

    note = LongText(
        "Anything to remember",
        required=False,
        count=500,
        rows=3,
        hint="They need no reason. Write down only what you must.",
    )


class NotReachedForm(NoForm):
    """Nobody answered after the agreed number of tries."""


class NotRightForm(NhsForm):
    """The service is not what this person needs."""

    note = LongText("Why is the service not right for them?", count=500, rows=3,
                    missing="Say why the service is not right for them")  # fmt: skip
    signposted_to = Text("Where else may they find help?", required=False, max_length=300)


class ObjectionForm(NhsForm):
    """They do not want to be counted in the evaluation of the service."""

    heard_on = Date("When did they say so?", past=True)
    words = LongText("What they said", required=False, count=500, rows=2, hint=NO_NAMES)


OUTCOME_FORMS: dict[str, type[NhsForm]] = {
    "yes": YesForm,
    "not_now": NotNowForm,
    "no": NoForm,
    "not_reached": NotReachedForm,
    "not_right": NotRightForm,
}
