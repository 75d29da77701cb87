"""The form for taking one's caseload along."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from openhiu.web.access.models import User
from openhiu.web.design.forms import NhsForm, Secret


class CopyForm(NhsForm):
    """The password of the copy, typed twice: nobody can open it with another one."""

    password = Secret(
        "A password for this copy",
        autocomplete="off",
        hint="At least 15 characters, and not the one you sign in with. Four or five unrelated "
        "words work well. Choose one you will know without this computer.",
    )
    password2 = Secret("The same password again", autocomplete="off")

    def __init__(self, *args: Any, user: User, **more: Any):
        super().__init__(*args, **more)
        self._user = user

    def clean_password(self) -> str:
        """Strong, as whoever has the file can try as often as they like; and not the one here."""
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self._user)
        if self._user.check_password(password):
            raise ValidationError("The password must be another one than you sign in with")
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        said = self.cleaned_data
        if said.get("password") and said.get("password2") and said["password"] != said["password2"]:
            self.add_error("password2", "The two passwords are not the same. Type both again")
        return said
