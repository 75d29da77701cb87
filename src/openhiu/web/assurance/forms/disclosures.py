"""Forms of the register of disclosures: a request with its decision, and a review."""

from __future__ import annotations

from openhiu.web.assurance.models import Disclosure
from openhiu.web.design.forms import Choice, Date, LongText, NhsForm, Text, Tick, YesNo


class DisclosureForm(NhsForm):
    """One request and what was decided: in the order in which one thinks about it."""

    body = Choice("Who asks?", choices=Disclosure.Body.choices)
    organisation = Text("Name of the organisation", max_length=200)
    asker = Text("Name and office of whoever asks", max_length=200)
    reference = Text("Their reference", max_length=100)
    asked_on = Date("When did they ask?", past=True)
    about_whom = Text(
        "About whom?",
        hint="NHS number, or first and family name. It is linked to a record where it fits one.",
        max_length=200,
    )
    purpose = LongText("What do they need it for?", rows=2)
    asked_for = LongText("What did they ask for?", rows=2)
    basis = Choice(
        "What allows it?",
        choices=Disclosure.Basis.choices,
        hint="A form from the police is a request, not a basis. Ask which law or order it rests "
        "on.",
    )
    basis_words = LongText("Which order or section, or why it overrides", rows=2, required=False)
    least = LongText("What is the least that answers it?", rows=2, required=False)
    answer = Choice("What was decided?", choices=Disclosure.Answer.choices)
    given = LongText("What exactly was given?", rows=2, required=False)
    how = Choice("How was it given?", choices=Disclosure.How.choices, required=False)
    why = LongText("Why was it decided so?", rows=2)
    consent_sought = LongText("Was the person asked first?", hint="If not, say why not.", rows=2)
    told = YesNo("Do they know that it was given?")
    person_told = LongText("How they were told, or why not", rows=2)
    adviser = Text("Who advised you?", required=False, max_length=200,
                   hint="Caldicott Guardian, legal team, data protection officer.")  # fmt: skip
    trained_on = Date("When were you last trained in this?", past=True)


class ReviewDisclosureForm(NhsForm):
    """What the reviewer thinks; after this nothing can be changed."""

    right = YesNo("Was it decided rightly?")
    words = LongText("What do you think of it?", hint="What do we learn?", rows=4)
    sure = Tick("I have read all of it", missing="Tick to say that you have read all of it")
