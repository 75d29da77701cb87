"""What the letters room keeps, one file a topic: letters, what leaves, how letters look here."""

from openhiu.web.letters.models.letter import AddressCheck, Letter
from openhiu.web.letters.models.outgoing import Copy, Outgoing, Reconciled
from openhiu.web.letters.models.setting import Letterhead, LocalWords, PostalAddress

__all__ = [
    "AddressCheck",
    "Copy",
    "Letter",
    "Letterhead",
    "LocalWords",
    "Outgoing",
    "PostalAddress",
    "Reconciled",
]
