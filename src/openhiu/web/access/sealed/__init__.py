"""What the database may keep and not read: model fields whose text leaves for the database sealed.

A model that keeps words about a person declares `SealedText`, `SealedJSON` or `SealedBytes` where
it would declare a plain field; a test asks every room for it (docs/adr/0022-sealed-fields.md). Rows
are then written with `save`, `bulk_create` or `update_each`, never with `update`, and such a column
is neither searched nor sorted by; where equality is needed a `BlindText` stands beside it.
"""

from openhiu.web.access.sealed.blind import BlindText
from openhiu.web.access.sealed.envelope import SealBroken
from openhiu.web.access.sealed.fields import SealedBytes, SealedJSON, SealedText
from openhiu.web.access.sealed.writing import update_each

__all__ = ["BlindText", "SealBroken", "SealedBytes", "SealedJSON", "SealedText", "update_each"]
