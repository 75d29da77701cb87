"""What a password must be: long, not known from a breach, not about this place. Nothing else."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError

from openhiu.web.access.models import Organisation, Service
from openhiu.web.access.sign_in.known_passwords import known

# Words anyone guessing here would try first; names of the place and of the person come from rows.
HERE: Final = (
    "openhiu", "hiu", "nhs", "hospital", "trust", "password", "passphrase", "welcome", "letmein",
    "emergency", "department", "ambulance", "patient", "nurse", "doctor", "redcross",
    "high intensity use", "high intensity user",
)  # fmt: skip
# What has to be left of a password when such words are taken out.
LEFT: Final = 8


class LongEnough:
    """Between `least` and `most` characters."""

    def __init__(self, least: int = 15, most: int = 128) -> None:
        self.least, self.most = least, most

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Refuse a shorter or longer one; it is never cut."""
        if len(password) < self.least:
            raise ValidationError(f"The password must be {self.least} characters or more")
        if len(password) > self.most:
            raise ValidationError(f"The password must be {self.most} characters or fewer")

    def get_help_text(self) -> str:
        """What to do, before it is typed."""
        return f"At least {self.least} characters. Four or five unrelated words work well."


class NotKnown:
    """Not in the list of passwords known from breaches, as it is or repeated."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Refuse one that those who guess will try."""
        if known(password) or known(_once(password)) or len(set(password)) < 5:
            raise ValidationError("This password is known to people who guess. Choose another one")

    def get_help_text(self) -> str:
        """What to do, before it is typed."""
        return "Not one that you use elsewhere."


class NotOfThisPlace:
    """Not made of the service's, the trust's or one's own name and a few characters more."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one that is little more than such words."""
        rest = _letters(password)
        for word in sorted(self.words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < LEFT:
            raise ValidationError("The password must not be made of names or words of this service")

    def words(self, user: Any) -> set[str]:
        """Every such word of four letters or more, and the few shorter ones of ours."""
        names = [*Organisation.objects.values_list("name", flat=True)]
        names += [*Service.objects.values_list("name", flat=True)]
        if user is not None:
            names += [user.name, *re.split(r"[@.]", user.email)]
        parts = {_letters(part) for name in names for part in re.split(r"\W+", name)}
        whole = {_letters(name) for name in names}
        return {_letters(w) for w in HERE} | {w for w in parts | whole if len(w) >= 4}

    def get_help_text(self) -> str:
        """What to do, before it is typed."""
        return "Not the name of a place, a service or a person."


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def _once(password: str) -> str:
    """Turn "abcabcabc" into "abc": a short password is no better for being repeated."""
    found = re.fullmatch(r"(.+?)\1+", password.lower())
    return found[1] if found else password
