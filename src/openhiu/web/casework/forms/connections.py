"""What is typed when a client and a service are brought together, and when news of it comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement
from openhiu.web.casework import needs
from openhiu.web.casework.connecting import STATES, choices
from openhiu.web.casework.models import Connection, Need
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.design.forms import Choice, Choices, Date, NhsForm, Select, Text, Version

_BEGINNINGS = [(key, STATES[key].label) for key in ("offered", "asked", "waiting", "connected")]
_MEANINGS = {key: state.meaning for key, state in STATES.items()}


class ConnectForm(NhsForm):
    """A service is known: what for, how, and what was passed on."""

    need = Select("What is it for?", required=False)
    words = Text("In a few words", hint="If none of the reasons says it.", required=False,
                 max_length=300)  # fmt: skip
    how = Choice("How did you bring them together?", choices=Connection.How.choices)
    passed = Choices("What did you pass on about them?", required=False, small=True)
    made_on = Date("When was that?", past=True)
    state = Choice("Where does it stand?", choices=_BEGINNINGS, hints=_MEANINGS, initial="asked",
                   reveals={"waiting": "expected_on"})  # fmt: skip
    expected_on = Date("About when will it begin?", required=False)
    check_on = Date(
        "When will you ask how it goes?", hint="Left empty: in two weeks.", required=False,
        future=True,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        reasons: Iterable[Need],
        passable: Iterable[tuple[Agreement, frozenset[str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._reasons = {str(need.pk): need for need in reasons}
        self._agreements = {str(one.pk): one for one, _ in passable}
        self.fields["need"].choices = [
            ("", "Something else"),
            *((key, needs.label(need.category, need.words)[:80])
              for key, need in self._reasons.items()),
        ]  # fmt: skip
        allowed = [
            (f"{one.pk}:{item}", f"{one.organisation.name}: {words.label}")
            for one, items in passable
            for item, words in ITEMS.items()
            if item in items
        ]
        passed = self.fields["passed"]
        passed.choices = allowed
        passed.help_text = (
            "Leave it empty when they get in touch themselves. Only what they agreed to is here."
        )
        if not allowed:
            del self.fields["passed"]

    def told(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the action takes: rows instead of keys.

        Raises:
            NotAllowed: things for two organisations at once.
        """
        passed = [key.split(":") for key in said.pop("passed", [])]
        chosen = {agreement for agreement, _ in passed}
        if len(chosen) > 1:
            raise NotAllowed("Choose what was passed on to one organisation, not to two.")
        return said | {
            "need": self._reasons.get(said["need"]),
            "agreement": self._agreements[chosen.pop()] if chosen else None,
            "items": [item for _, item in passed],
        }


class ConnectOtherForm(ConnectForm):
    """A service that is not in the directory."""

    name = Text("What is the service called?", hint="Never the name of a person.", max_length=200)
    field_order = ("name",)


class NewsForm(NhsForm):
    """What was heard of a connection."""

    state = Choice(
        "How does it stand?",
        choices=choices(),
        hints=_MEANINGS,
        reveals={"waiting": "expected_on"},
    )
    expected_on = Date("About when will it begin?", required=False)
    words = Text(
        "What was said?",
        hint="Needed when it did not fit or there was no room.",
        required=False,
        max_length=500,
    )
    check_on = Date(
        "When will you ask again?", hint="Left empty: in two weeks.", required=False, future=True
    )
    version = Version()
