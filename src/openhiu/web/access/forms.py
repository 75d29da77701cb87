"""What is typed on this room's pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from openhiu.web.access import queries
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did
from openhiu.web.access.enforcing import why_not_standing
from openhiu.web.access.models import Organisation, Role, User
from openhiu.web.design.forms import (
    Choice,
    Date,
    Email,
    LongText,
    NhsForm,
    Row,
    Secret,
    Select,
    Text,
    Version,
    Whole,
    YesNo,
)


class Join(NhsForm):
    """Who someone is and the password they choose, when they follow their invitation."""

    email = Email("E-mail address", autocomplete="username", hint="You sign in with it")
    name = Text("Your full name", autocomplete="name", max_length=200)
    password = Secret(
        "Choose a password",
        autocomplete="new-password",
        hint="At least 15 characters. Four or five unrelated words work well.",
    )

    def __init__(self, *args: Any, invited: str = "", known: User | None = None, **more: Any):
        super().__init__(*args, **more)
        self.invited, self.known = invited, known
        if invited:
            del self.fields["email"]
        if known:
            del self.fields["name"]

    def clean_email(self) -> str:
        """An address that has no account yet: a first administrator is new here."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError("There is an account with this address. Ask for an invitation")
        return email

    def clean(self) -> dict[str, Any]:
        """The password, judged together with the name."""
        email = self.invited or self.cleaned_data.get("email", "")
        someone = self.known or User(email=email, name=self.cleaned_data.get("name", ""))
        if self.cleaned_data.get("password"):
            try:
                password_validation.validate_password(self.cleaned_data["password"], someone)
            except ValidationError as wrong:
                self.add_error("password", wrong.messages[0])
        return self.cleaned_data


class Invite(NhsForm):
    """Whom to invite, and as what."""

    email = Email("E-mail address", hint="The address of one person, never a shared one")
    role = Choice("Role", choices=Role.choices)
    organisation = Row("Organisation they work for", None)
    team = Row("Team", None, required=False)

    def __init__(self, *args: Any, actor: Actor, **more: Any):
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = queries.organisations(actor)
        self.fields["organisation"].initial = actor.service.provider_id
        self.fields["team"].queryset = queries.teams(actor)
        if not self.fields["team"].queryset.exists():
            del self.fields["team"]

    def clean_organisation(self) -> Organisation:
        """Not a body that enforces: the reason stands at the question."""
        found: Organisation = self.cleaned_data["organisation"]
        if why := why_not_standing(found):
            raise ValidationError(why)
        return found


class Review(NhsForm):
    """Whether opening a record was right."""

    justified = YesNo("Was it right to open this record?")
    note = LongText("Why do you think so?", count=500)


class Settings(NhsForm):
    """The service's limits and times."""

    new_each_quarter = Whole("New people each quarter", min_value=1, max_value=99)
    together_low = Whole("Working together, from", min_value=1, max_value=99)
    together_high = Whole("Working together, to", min_value=1, max_value=99)
    open_at_most = Whole("Everyone open, at most", min_value=1, max_value=500, hint="For one lead")
    consent_review_months = Whole(
        "Look at consent again after, in months", min_value=1, max_value=24
    )
    purge_after_days = Whole(
        "Remove people who were not chosen after, in days",
        min_value=1, max_value=365, hint="Their names and numbers go; counts stay",
    )  # fmt: skip
    attest_grace_days = Whole(
        "A role nobody confirmed for 90 days rests after, in days",
        min_value=0, max_value=90, hint="Until somebody confirms it under “Access check”",
    )  # fmt: skip
    out_of_hours = LongText(
        "Who answers when the lead does not?", required=False, count=500,
        hint="Shown to clients on their out-of-hours card",
    )  # fmt: skip
    version = Version()

    def clean(self) -> dict[str, Any]:
        """The range has to be one."""
        low, high = (self.cleaned_data.get(f"together_{end}") for end in ("low", "high"))
        if low and high and low > high:
            self.add_error("together_high", "This must be at least the number above")
        return self.cleaned_data


class AuditFilter(NhsForm):
    """Which entries of the audit to show; everything is optional."""

    person = Text(
        "Person's reference", required=False, spellcheck=False, hint="As in their page's address"
    )
    user = Row("Who", None, required=False)
    did = Select(
        "What",
        required=False,
        choices=[("", "Anything"), *[(d.value, d.capitalize()) for d in Did]],
    )
    from_day = Date("From", required=False)
    to_day = Date("To", required=False)

    def __init__(self, *args: Any, actor: Actor, **more: Any):
        super().__init__(*args, **more)
        everyone = queries.members(actor) | queries.members(actor, ended=True)
        self.fields["user"].queryset = User.objects.filter(pk__in=everyone.values("user_id"))

    def clean_person(self) -> UUID | None:
        """A reference, never a name or a number."""
        typed = self.cleaned_data["person"].strip()
        try:
            return UUID(typed) if typed else None
        except ValueError:
            raise ValidationError("This is not a reference: it looks like 0f3c…") from None
