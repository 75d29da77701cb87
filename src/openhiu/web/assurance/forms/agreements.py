"""Forms of agreements, gateways and assessments: posted texts come in, clean values go out."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.lawful import CROSSINGS, GROUNDS_FOR_A_LIST, LIST
from openhiu.web.access.models import AgreementParty, Gateway, Organisation
from openhiu.web.access.models.lawful import Article6, Article9, Confidentiality, Schedule1
from openhiu.web.assurance.models import Assessment
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    Row,
    Select,
    Text,
    Version,
)

_EMPTY = [("", "Not said yet")]
_ITEMS = [(name, item.label) for name, item in ITEMS.items()]
_UNDER_AGREEMENT = [(name, one.label) for name, one in CROSSINGS.items() if one.under_agreement]
_PARTS = {
    "controller": "Decides why and how the data are used",
    "joint_controller": "Decides together with another party",
    "processor": "Acts only on a controller's instructions",
}


class Dated(NhsForm):
    """Something with a first and a last day."""

    last, first = "ends_on", "starts_on"

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        start, end = self.cleaned_data.get(self.first), self.cleaned_data.get(self.last)
        if start and end and end < start:
            self.add_error(self.last, "The last day must not be before the first")
        return self.cleaned_data


class AgreementForm(Dated):
    """The text of an agreement; what is left open can be said later, before it is agreed."""

    organisation = Row("Which organisation receives something?", None)
    purpose = Text("What for?", max_length=200)
    items = Choices("What may they see of a client who says yes to it?", choices=_ITEMS,
                    required=False, small=True)  # fmt: skip
    data_sets = Choices(
        "Which whole data sets may cross?", choices=_UNDER_AGREEMENT, required=False, small=True,
        hint="Only where they cross under this agreement and not under a legal gateway",
    )  # fmt: skip
    starts_on = Date("First day")
    review_on = Date("When is it looked at again?", required=False)
    ends_on = Date("Last day")
    article_6 = Select("UK GDPR Article 6 basis", choices=[*_EMPTY, *Article6.choices],
                       required=False)  # fmt: skip
    article_9 = Select("UK GDPR Article 9 basis", choices=[*_EMPTY, *Article9.choices],
                       required=False)  # fmt: skip
    schedule_1 = Select("Data Protection Act 2018, Schedule 1",
                        choices=[*_EMPTY, *Schedule1.choices], required=False)  # fmt: skip
    confidentiality = Select(
        "How is the duty of confidence met?", choices=[*_EMPTY, *Confidentiality.choices],
        required=False, hint="Never the same question as the UK GDPR basis",
    )  # fmt: skip
    assessment = Text("Reference of the impact assessment", required=False, max_length=60,
                      width=20)  # fmt: skip
    rights = LongText("How are people's rights seen to?", required=False, count=500, rows=2)
    accuracy = LongText("How is it kept accurate?", required=False, count=500, rows=2)
    security = LongText("How is it kept secure?", required=False, count=500, rows=2)
    retention = LongText("How long is it kept, and by whom?", required=False, count=500, rows=2)
    breach = LongText("What happens after a breach?", required=False, count=500, rows=2)

    def __init__(self, *args: Any, organisations: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations

    def clean(self) -> dict[str, Any]:
        """Something is shared, and the review lies between the first and the last day."""
        told = super().clean()
        if not told.get("items") and not told.get("data_sets"):
            self.add_error("items", "Choose at least one thing that may be shared")
        start, look, end = (told.get(name) for name in ("starts_on", "review_on", "ends_on"))
        if start and look and end and not start <= look <= end:
            self.add_error("review_on", "This must be between the first and the last day")
        return told


class DraftForm(AgreementForm):
    """The same for a draft that is there: whom it is with stays."""

    version = Version()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, organisations=None, **more)
        del self.fields["organisation"]


class OrganisationForm(NhsForm):
    """A body that is not known here yet."""

    name = Text("Name of the organisation", max_length=200)
    kind = Choice("What is it?", choices=Organisation.Kind.choices, small=True)
    ods_code = Text("ODS code", required=False, max_length=10, width=10, spellcheck=False,
                    hint="Leave it empty where there is none")  # fmt: skip


class PartyForm(NhsForm):
    """An organisation as a party."""

    organisation = Row("Which organisation?", None)
    part = Choice("What is it?", choices=AgreementParty.Part.choices, hints=_PARTS)
    ods_code = Text("ODS code", required=False, max_length=10, width=10, spellcheck=False,
                    hint="For example, RXX")  # fmt: skip
    register_number = Text(
        "Charity, company or council number", required=False, max_length=30, width=20,
        spellcheck=False, hint="For a body without an ODS code",
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations

    def clean(self) -> dict[str, Any]:
        """A party is known by its code or its number."""
        if not self.cleaned_data.get("ods_code") and not self.cleaned_data.get("register_number"):
            self.add_error("ods_code", "Enter the ODS code, or another number below")
        return self.cleaned_data


class SignatureForm(NhsForm):
    """Who signed for a party."""

    signatory = Text("Who signed?", max_length=200)
    post = Text("In which post?", max_length=200)
    signed_on = Date("On which day?", past=True)
    document = Text("Where is the signed paper kept?", max_length=200,
                    hint="A folder or a reference that another person finds")  # fmt: skip


class EndForm(NhsForm):
    """Why something ends now."""

    because = LongText("Why does it end now?", count=300, rows=3)


class GatewayForm(Dated):
    """A legal gateway with its scope and its end."""

    last = "expires_on"
    kind = Choice(
        "On which legal ground?", choices=Gateway.Kind.choices,
        hints={
            "section_251": "With the reference of the Confidentiality Advisory Group, and the "
            "national data opt-out applied",
            "consent_first": "Leads see who it is once the person said yes to the hospital",
        },
    )  # fmt: skip
    reference = Text("Reference", max_length=100, width=20, hint="For example, 26/CAG/0001")
    organisation = Row("With which organisation?", None)
    data_sets = Choices("What may cross?",
                        choices=[(name, one.label) for name, one in CROSSINGS.items()],
                        small=True)  # fmt: skip
    purpose = Text("What for?", max_length=300)
    article_6 = Select("UK GDPR Article 6 basis", choices=Article6.choices)
    article_9 = Select("UK GDPR Article 9 basis", choices=Article9.choices)
    schedule_1 = Select("Data Protection Act 2018, Schedule 1", choices=Schedule1.choices,
                        missing="Select the Schedule 1 condition")  # fmt: skip
    starts_on = Date("First day")
    expires_on = Date("Last day")
    evidence = LongText("Where is the approval or decision kept, and what does it say?",
                        count=1000, rows=3)  # fmt: skip

    def __init__(self, *args: Any, organisations: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations

    def clean(self) -> dict[str, Any]:
        """A list comes on one of its three grounds."""
        told = super().clean()
        if LIST in (told.get("data_sets") or ()) and told.get("kind") not in GROUNDS_FOR_A_LIST:
            self.add_error(
                "data_sets", "A list comes as direct care, under section 251 or with consent first"
            )
        return told


class AssessmentForm(NhsForm):
    """An impact assessment as it is registered."""

    kind = Choice("What is it?", choices=Assessment.Kind.choices)
    reference = Text("Reference", max_length=60, width=20)
    scope = LongText("What was assessed?", count=1000, rows=3)
    risks = LongText("Which risks were seen?", count=2000, rows=4)
    measures = LongText("What is done about them?", required=False, count=2000, rows=4)


class SignedForm(NhsForm):
    """That an assessment was signed."""

    decision = Choice("What was decided?", choices=Assessment.Decision.choices)
    signatory = Text("Who signed?", max_length=200)
    post = Text("In which post?", max_length=200, hint="For example, data protection officer")
    signed_on = Date("On which day?", past=True)
    review_on = Date("When is it looked at again?")
    document = Text("Where is the signed paper kept?", max_length=200)
