"""What people type about a person: fields, hints and limits."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    NhsNumber,
    Phone,
    Select,
    Text,
    Tick,
    Version,
)
from openhiu.web.people.models import ContactSafety, Notice, OtherName, Person
from openhiu.web.people.needs import ACCESSIBLE
from openhiu.web.people.policies import MASKED
from openhiu.web.people.safety import next_review

_LEAVE: Final = {
    "voicemail": "For example: no, if others hear the machine",
    "text": "For example: no, if someone else looks at the telephone",
    "letter": "Letters are off unless they said yes",
}


def is_nhs_number(figures: str) -> bool:
    """Whether ten figures are an NHS number."""
    return not isinstance(read_nhs_number(figures), IdentifierFault)


class DetailsForm(NhsForm):
    """Who someone is. Fields of where they live are left out for restricted people."""

    given_name = Text("First name", required=False, max_length=100, width=20, autocomplete="off")
    family_name = Text("Family name", required=False, max_length=100, width=20, autocomplete="off")
    preferred_name = Text(
        "Preferred name", hint="What they like to be called", required=False, max_length=100,
        width=20, autocomplete="off",
    )  # fmt: skip
    pronouns = Text("Pronouns", required=False, max_length=40, width=10, autocomplete="off")
    birth_date = Date("Date of birth", hint="For example, 31 3 1980", past=True, required=False)
    sex = Select("Sex", choices=Person.Sex.choices, required=False)
    nhs_number = NhsNumber(check=is_nhs_number, required=False)
    address = LongText("Address", required=False, rows=4, max_length=500)
    postcode = Text("Postcode", required=False, max_length=10, width=10, autocomplete="off")
    gp_practice = Text("GP practice", required=False, max_length=200, autocomplete="off")
    version = Version()

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:
            for name in MASKED:
                del self.fields[name]


class AddForm(DetailsForm):
    """Someone new, with one telephone number."""

    phone = Phone("Telephone number", required=False)
    phone_label = Text(
        "Whose telephone is it?", hint="For example, own mobile", required=False, max_length=60,
        width=20,
    )  # fmt: skip
    despite = LongText(
        "Why is this someone else?", required=False, rows=2, max_length=300,
        hint="Only when someone alike is shown above",
    )  # fmt: skip


class OtherNameForm(NhsForm):
    """A name someone was or is also known by."""

    name = Text("Name", max_length=200, width=20, autocomplete="off")
    kind = Choice("What kind of name is it?", choices=OtherName.Kind.choices, initial="alias")


class PhoneForm(NhsForm):
    """A telephone number and whose it is."""

    number = Phone("Telephone number")
    label = Text(
        "Whose is it?", hint="For example, own mobile, or sister", required=False, max_length=60,
        width=20,
    )  # fmt: skip


class NumberForm(NhsForm):
    """A hospital number, or an NHS number that was replaced."""

    kind = Choice(
        "What kind of number is it?",
        choices=(("hospital", "Hospital number"), ("nhs", "NHS number they had before")),
        reveals={"hospital": "issuer"},
    )
    issuer = Text(
        "Which hospital?", hint="Its site code, for example RZZ01", max_length=20, width=5
    )
    value = Text("Number", max_length=64, width=20, autocomplete="off")


class ContactSafetyForm(NhsForm):
    """How to be in touch without doing harm; asked of the person, in this order."""

    preferred_name = Text(
        "What do they like to be called?", required=False, max_length=100, width=20
    )
    pronouns = Text("Pronouns", required=False, max_length=40, width=10)
    safe_times = Text(
        "When is it safe to call?", required=False, max_length=200,
        hint="For example, weekdays after 10, never at the weekend",
    )  # fmt: skip
    who_may_answer = Text(
        "Who else may answer, and what may they know?", required=False, max_length=200,
        hint="For example, her sister Jo knows about us; nobody else",
    )  # fmt: skip
    voicemail = Choice(
        "May we leave a voicemail?", choices=ContactSafety.Leave.choices, hint=_LEAVE["voicemail"]
    )
    text = Choice(
        "May we send text messages?", choices=ContactSafety.Leave.choices, hint=_LEAVE["text"]
    )
    letter = Choice(
        "May we write letters?", choices=ContactSafety.Leave.choices, hint=_LEAVE["letter"]
    )
    interpreter = Text(
        "Interpreter", hint="The language, and a woman or a man if it matters", required=False,
        max_length=100, width=20,
    )  # fmt: skip
    accessible_needs = Choices(
        "What do they need to be in touch well?", required=False, small=True,
        choices=[(code, need.label) for code, need in ACCESSIBLE.items()],
    )  # fmt: skip
    accessible_note = Text("More about what they need", required=False, max_length=300)
    code_phrase = Text(
        "Code phrase", required=False, max_length=100, width=20,
        hint="Words that mean: I cannot speak now",
    )  # fmt: skip
    household = LongText(
        "Who else is there, and is there anything to be careful of?", required=False, count=1000,
        rows=3,
    )  # fmt: skip
    review_on = Date(
        "When should we go through this again?", future=True, hint="Six months from now is usual"
    )
    version = Version()

    @staticmethod
    def start(person: Person, plan: ContactSafety | None) -> dict[str, Any]:
        """What the form shows first."""
        values: dict[str, Any] = {
            "preferred_name": person.preferred_name,
            "pronouns": person.pronouns,
            "letter": ContactSafety.Leave.NO,
            "review_on": next_review(timezone.localdate()),
            "version": 0,
        }
        if plan is not None:
            names = [name for name in ContactSafetyForm.base_fields if hasattr(plan, name)]
            values |= {name: getattr(plan, name) for name in names if name != "review_on"}
        return values


class NoticeForm(NhsForm):
    """Something important to know before contact: facts, from where, and until when."""

    kind = Choice("What is this about?", choices=Notice.Kind.choices)
    words = LongText(
        "What do people need to know?", count=500, rows=3,
        hint="Facts only: what happened, and what to do. The person may read this",
    )  # fmt: skip
    source = Text(
        "Where does this come from?", max_length=200,
        hint="For example, incident 1042, or said by the person",
    )  # fmt: skip
    happened_on = Date("When did it happen?", past=True, required=False)
    told_person = Choice(
        "Has the person been told?", choices=(("yes", "Yes"), ("no", "No")), inline=True
    )
    review_on = Date("When should it be looked at again?", future=True)
    ends_on = Date(
        "When does it end by itself?", future=True, required=False,
        hint="At most 12 months from now. The review date, when left empty",
    )  # fmt: skip


class DiedForm(NhsForm):
    """A death: known since when, how sure, from whom."""

    how = Choice(
        "How do we know?",
        choices=(("informal", "Someone told us"), ("formal", "It has been registered")),
    )
    on = Date("When did they die?", hint="Leave empty if not known", past=True, required=False)
    heard = Text("Who told us?", required=False, max_length=200)


class RestrictedForm(NhsForm):
    """A restriction: where it was heard."""

    heard = Text("Where did you hear that their details are restricted?", max_length=200)


class ReasonForm(NhsForm):
    """One reason."""

    reason = LongText("What is the reason?", missing="Enter the reason", max_length=300, rows=3)


class SureForm(ReasonForm):
    """A reason, and a tick by which someone says that they are sure."""

    sure = Tick("I have checked both records", missing="Tick to say that you checked both records")
