"""Ways out of the house that a machine serves: what is sent comes in; how it ended goes out.

The exchange room offers channels when Django is ready; this room knows none of them by name. A
channel is asked to send one parcel to one address, under a key that never changes, and says one of
four things. Whoever cannot tell says so: nothing is ever sent twice to be on the safe side.

    class Room(AppConfig):
        def ready(self) -> None:
            offer(SecureMail(settings.MAIL))
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol


class How(StrEnum):
    """How one try ended."""

    SENT = "sent"  # the other side took it over
    LATER = "later"  # it certainly did not leave; trying again may help
    NEVER = "never"  # it certainly did not leave; trying again does not help
    UNSURE = "unsure"  # it may have left


@dataclass(frozen=True)
class File:
    """One attachment: a name without personal data, its bytes."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Parcel:
    """One thing to one address. `subject` and `words` hold nothing about anybody."""

    key: str
    to: str
    subject: str
    words: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Answer:
    """How it ended, why in words for people, and what the other side gave as a receipt."""

    how: How
    why: str = ""
    receipt: str = ""


class Channel(Protocol):
    """One way out. Implementations are in openhiu.web.exchange, and never raise."""

    key: str

    def why_not_ready(self) -> str:
        """Why nothing can be sent this way here, as a sentence; nothing when it can."""
        ...

    def why_not_to(self, address: str) -> str:
        """Why a document must not go to this address; a word that one waits may."""
        ...

    def send(self, parcel: Parcel) -> Answer:
        """Send it. Called once for a claim; no transaction is open."""
        ...

    def look_up(self, key: str) -> Answer | None:
        """What became of a parcel, where this way can tell; None where it cannot."""
        ...


CHANNELS: Final[dict[str, Channel]] = {}


def offer(channel: Channel) -> Channel:
    """Make a way known; the last one offered under a key counts."""
    CHANNELS[channel.key] = channel
    return channel


def why_not(key: str) -> str:
    """Why a way cannot be used now, or nothing."""
    channel = CHANNELS.get(key)
    return channel.why_not_ready() if channel else "This way is not set up here."
