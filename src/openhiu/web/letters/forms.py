"""What is asked of whoever writes a letter, sends it, or sets how letters look here."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import Organisation
from openhiu.web.design.fields import Version
from openhiu.web.design.forms import (
    Choice,
    Date,
    Email,
    LongText,
    NhsForm,
    Phone,
    Row,
    Select,
    Text,
    YesNo,
)
from openhiu.web.letters import languages
from openhiu.web.letters.kinds import HAND, KINDS, POST, For, Kind
from openhiu.web.letters.models import AddressCheck, Letter


class KindForm(NhsForm):
    """Which letter."""

    kind = Choice("Which letter?", choices=())

    def __init__(self, *args: Any, readers: tuple[For, ...] = tuple(For), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [kind for kind in KINDS.values() if kind.reader in readers]
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in shown]
        self.fields["kind"].look["hints"] = {kind.key: kind.about for kind in shown}


class StartForm(NhsForm):
    """To whom, which number to ring, and what the record does not know."""

    to = Row("Which organisation receives it?", Organisation.objects.none(), kind="radios",
             missing="Select the one organisation that receives it")  # fmt: skip
    ring = Phone("Number to ring", hint="It is printed in the letter", required=False)

    def __init__(self, *args: Any, kind: Kind, to: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.to_client:
            del self.fields["to"]
        else:
            rows = Organisation.objects.filter(pk__in=[one.pk for one in to]).order_by("name")
            self.fields["to"].queryset = rows
        for one in kind.asks:
            self.fields[one.name] = Text(one.label, hint=one.hint, max_length=200)
        self.asks = tuple(one.name for one in kind.asks)


class WriteForm(NhsForm):
    """The words, and how they are set."""

    version = Version()
    body = LongText("The letter", rows=18, max_length=12000,
                    hint="Short sentences. An empty line begins a paragraph, “- ” an item of a "
                    "list, “## ” a heading")  # fmt: skip
    ring = Phone("Number to ring", required=False,
                 hint="At the top of the letter. Change it in the words too")  # fmt: skip
    layout = Choice("How is it set?", choices=Letter.Layout.choices)
    language = Select("Language", choices=languages.choices())

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kind.to_client:
            del self.fields["language"]
            self.fields["layout"].choices = [
                choice for choice in Letter.Layout.choices if choice[0] != Letter.Layout.EASY
            ]


class TranslationForm(NhsForm):
    """The letter in another language, who put it there and who read it back."""

    version = Version()
    translated = LongText("The letter in their language", rows=14, max_length=12000,
                          hint="As a translator wrote it. Never from a machine")  # fmt: skip
    translator = Text("Translated by", max_length=200, hint="Name, and the agency if there is one")
    read_back_by = Text("Read back by", max_length=200,
                        hint="Somebody else, who said in English what it says")  # fmt: skip
    read_back_on = Date("Read back on", past=True)


class ReasonForm(NhsForm):
    """Why a gate is passed."""

    reason = LongText("Why is it right all the same?", count=300, rows=3,
                      missing="Say in a sentence why it is right all the same")  # fmt: skip


class AddressForm(NhsForm):
    """Who said that the address is right."""

    said_by = Choice("Who said so, today?", choices=AddressCheck.Said.choices)


class PostedForm(NhsForm):
    """When it was posted or given."""

    on = Date("Day", past=True)
    although = LongText("It had left before it was stopped: what happened?", required=False,
                        rows=2, count=300)  # fmt: skip

    def __init__(self, *args: Any, way: str = POST, stopped: bool = False,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        gave = way == HAND
        self.fields["on"].label = "When did you give it to them?" if gave else "Posted on"
        if not stopped:
            del self.fields["although"]


class CancelForm(NhsForm):
    """Why it does not leave."""

    reason = LongText("Why?", count=300, rows=3, missing="Say why, in a few words")


class SettleForm(NhsForm):
    """Whether it arrived, as somebody there said."""

    arrived = YesNo("Did it arrive?")
    words = LongText("Whom did you ask, and what did they say?", count=300, rows=3)


class LetterheadForm(NhsForm):
    """What stands at the top of letters."""

    version = Version()
    name = Text("Name at the top", max_length=100, hint="As people know the service")
    address = LongText("Address", required=False, rows=4, max_length=300)
    phone = Phone("Telephone", required=False)
    return_to = Text("Return address on the envelope", required=False, max_length=200,
                     hint="A street or box number, and no name of the service")  # fmt: skip


class PlaceForm(NhsForm):
    """Where one organisation receives letters."""

    version = Version()
    address = LongText("Postal address", required=False, rows=4, max_length=300)
    mailbox = Email("Mailbox", required=False,
                    hint="One mailbox. Documents go to it only where its domain is secure; "
                    "otherwise a notice without a document")  # fmt: skip
    confirmed_on = Date("Mailbox checked on", past=True, required=False)
    confirmed_how = Text("How was it checked?", required=False, max_length=200,
                         hint="Who there said that it is theirs and is read")  # fmt: skip
    is_practice = YesNo("Is it a GP practice?")


class PracticeForm(NhsForm):
    """A GP practice, its agreement and its address."""

    name = Text("Name of the practice", max_length=200)
    address = LongText("Postal address", rows=4, max_length=300)
    purpose = Text("What the agreement is for", max_length=200)
    starts_on = Date("First day of the agreement")
    ends_on = Date("Last day of the agreement")

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "The last day must not be before the first")
        return self.cleaned_data


class WordsForm(NhsForm):
    """The words of one kind in one language."""

    version = Version()
    body = LongText("The letter", rows=16, max_length=12000)
    easy = LongText("In Easy Read", rows=10, max_length=6000, required=False,
                    hint="One short sentence to a line")  # fmt: skip
    translator = Text("Translated by", max_length=200)
    read_back_by = Text("Read back by", max_length=200, hint="Somebody else")
    read_back_on = Date("Read back on", past=True)

    def __init__(self, *args: Any, language: str = languages.ENGLISH, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language == languages.ENGLISH:
            for name in ("translator", "read_back_by", "read_back_on"):
                del self.fields[name]
