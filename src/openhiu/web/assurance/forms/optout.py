"""Forms for trace answers, and for what they left to a person."""

from __future__ import annotations

from typing import Any, Final

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.design.forms import LongText, NhsForm, NhsNumber, Upload, Version, YesNo
from openhiu.web.people.models import IdentityQuestion

_KIND: Any = IdentityQuestion.Kind
_HELD: Final = frozenset({str(_KIND.NUMBER), str(_KIND.DEATH_REMOVED), str(_KIND.DIED)})
_NUMBERS: Final = frozenset({str(_KIND.NUMBER), str(_KIND.ANOTHER)})


class TraceForm(NhsForm):
    """One file of answers."""

    file = Upload(
        "File of answers",
        accept=".csv",
        hint="A CSV file with the columns named below and no others.",
    )


class SettleForm(NhsForm):
    """What somebody found; where contact was held, whether it may go on."""

    number = NhsNumber(
        "The right NHS number",
        check=lambda typed: not isinstance(read_nhs_number(typed), IdentifierFault),
        required=False,
        hint="Leave empty if the one we have is right.",
    )
    release = YesNo(
        "May they be contacted again?",
        hint="If not, this stays in the list until you can say yes or they are marked as died.",
    )
    note = LongText("What did you find, and how?", rows=3)
    version = Version()

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        if kind not in _HELD:
            del self.fields["release"]
        if kind not in _NUMBERS:
            del self.fields["number"]
