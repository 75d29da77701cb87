"""What someone is typing, kept on the server: fields of a form come in, the same go out again.

A draft belongs to one person, one service and one form. The key names the form and what it is
about ("contact:<case id>"), so that an old draft never turns up in another form.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Draft, Membership

# Never kept: tokens, secrets, and the names the draft itself uses.
NOT_KEPT: Final = frozenset({
    "csrfmiddlewaretoken", "posted", "draft", "page", "password", "password1", "password2",
    "oldpassword", "code", "credential", "login",
})  # fmt: skip
LONGEST_KEY: Final = 200
MOST_CHARACTERS: Final = 200_000
Fields = dict[str, list[str]]


def draft_for(actor: Actor, key: str) -> Fields | None:
    """What this person last typed into this form, as lists by field name; None: nothing kept."""
    found = Draft.objects.filter(service=actor.service, user=actor.user, key=key).first()
    return found.fields if found else None


def keep_draft(membership: Membership, key: str, fields: Fields) -> bool:
    """Keep what was typed, in place of what was kept before; False when there is nothing to keep.

    The service's rows must be open (access.row_security.set_service).
    """
    if not key or too_long(key, fields) or not any(any(texts) for texts in fields.values()):
        return False
    Draft.objects.update_or_create(
        service_id=membership.service_id,
        user_id=membership.user_id,
        key=key,
        defaults={"fields": fields, "saved_at": timezone.now()},
    )
    return True


def too_long(key: str, fields: Fields) -> bool:
    """Whether this is more than one would type."""
    longest = sum(len(text) for texts in fields.values() for text in texts)
    return len(key) > LONGEST_KEY or longest > MOST_CHARACTERS


def forget_draft(actor: Actor, key: str) -> None:
    """Throw a draft away: it was saved, or its writer no longer wants it."""
    Draft.objects.filter(service=actor.service, user=actor.user, key=key).delete()


def fields_of(data: QueryDict | Any) -> Fields:
    """A posted form without its tokens and secrets, as lists of texts by field name."""
    return only_kept({name: data.getlist(name) for name in data})


def only_kept(fields: dict[str, list[str]]) -> Fields:
    """Fields without tokens and secrets, as texts that the database can keep."""
    return {
        storable(name): [storable(str(text)) for text in texts]
        for name, texts in fields.items()
        if name not in NOT_KEPT
    }


def storable(text: str) -> str:
    """A text without what PostgreSQL cannot keep: the character nought and halves of letters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
