"""A nudge by mail for what cannot wait: a member comes in; "something waits, sign in" goes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from openhiu.web.access.models import Membership
from openhiu.web.exchange.secure_mail import SecureMail
from openhiu.web.letters.channels import Parcel

SUBJECT: Final = "OpenHIU: please look now"
WORDS: Final = (
    "Something in OpenHIU cannot wait, for example a visit that is past its end.\n"
    "Please sign in and look now.\n\n"
    "This is an aid and no alarm service: nobody knows whether you have read this.\n"
)


def nudges(mail: SecureMail) -> Callable[[Membership], None]:
    """A way to reach members by mail; without a mail server it does nothing."""

    def reach(member: Membership) -> None:
        if not mail.why_not_ready():
            mail.send(Parcel(str(uuid4()), member.user.email, SUBJECT, WORDS))

    return reach
