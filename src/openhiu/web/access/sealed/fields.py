"""Model fields whose values leave for the database sealed: plain in Python, an envelope in the row.

On writing, column, row and service are bound in; on reading, an instance's values are checked
against its own key and service, `values()` against the column alone. An unchanged value keeps its
envelope, so that a history shows no change where there was none. Empty text stays empty, so that
one can ask for it; nothing else can be looked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from openhiu.web.access.sealed import envelope
from openhiu.web.access.sealed.envelope import Opened, Place

_ORIGINS: Final = "_sealed_origins"
# "df" and "ndf" are how triggers see whether a column changed: they compare envelopes.
_LOOKUPS: Final = frozenset({"exact", "isnull", "in", "df", "ndf"})


class _SealedLetters(str):
    """An envelope on its way into a text column."""

    __slots__ = ()


class _SealedOctets(bytes):
    """An envelope on its way into a bytes column."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a value was read from: kept beside it until the row is written again."""

    envelope: str | bytes
    opened: Opened


class _Text(str):
    origin: _Origin


class _Bytes(bytes):
    origin: _Origin


class _List(list[Any]):
    origin: _Origin


class _Dict(dict[str, Any]):
    origin: _Origin


_KEPT: Final[dict[type, Callable[[Any], Any]]] = {
    str: _Text, bytes: _Bytes, list: _List, dict: _Dict,
}  # fmt: skip
_PLAIN: Final[dict[type, type]] = {_Text: str, _Bytes: bytes, _List: list, _Dict: dict}


class Sealing(models.Field):
    """What the three kinds of sealed field have in common."""

    model: Any
    attname: str
    if TYPE_CHECKING:  # an instance has the value where the class has the field

        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    @property
    def column_name(self) -> str:
        """As "app.model.field"; a history's column is named as the one it is a copy of."""
        model = getattr(self.model, "pgh_tracked_model", None) or self.model
        return f"{model._meta.label_lower}.{self.attname}"

    def encoded(self, value: Any) -> bytes:
        """A value as the bytes that are sealed."""
        raise NotImplementedError

    def decoded(self, content: bytes) -> Any:
        """The same back."""
        raise NotImplementedError

    def content_of_plain(self, kept: Any) -> bytes:
        """What stood in the column before it was a sealed one, as the bytes that are sealed."""
        return self.encoded(kept)

    def packed(self, raw: bytes) -> Any:
        """An envelope as this kind of column keeps it."""
        return _SealedLetters(envelope.as_text(raw))

    def unpacked(self, kept: Any) -> bytes:
        """The same back."""
        return envelope.from_text(kept, self.column_name)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Let the model check, whenever a row is read, that its values were sealed for it."""
        super().contribute_to_class(cls, name, private_only)
        if "from_db" not in vars(cls):
            cls.from_db = classmethod(_from_db)

    def deconstruct(self) -> Any:
        """As any field, under the address that stays."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"openhiu.web.access.sealed.{type(self).__name__}", args, kwargs

    def get_lookup(self, lookup_name: str) -> Any:
        """Only "is it there" and "is it empty" can be asked."""
        return super().get_lookup(lookup_name) if lookup_name in _LOOKUPS else None

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """What is in the envelope. Raises SealBroken where it was not sealed for this column."""
        if value is None or not len(value):
            return self.nothing(value)
        opened = envelope.unseal(self.unpacked(value), self.column_name)
        content = self.decoded(opened.content)
        if (kept := _KEPT.get(type(content))) is None:
            return content
        content = kept(content)
        content.origin = _Origin(value, opened)
        return content

    def nothing(self, value: Any) -> Any:
        """What an empty cell means."""
        return value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The envelope to write: the one it came in where nothing changed, or a new one."""
        value = super().pre_save(model_instance, add)
        if value is None or self.stays(value):
            return value
        if hasattr(value, "resolve_expression"):
            raise TypeError(f"{self.column_name} is sealed: it takes values, no expressions")
        content, place = self.encoded(value), _place(self, model_instance)
        origins = model_instance.__dict__.setdefault(_ORIGINS, {})
        known: _Origin | None = origins.get(self.attname)
        if known is None or known.opened.content != content or known.opened.place != place:
            packed = self.packed(envelope.seal(content, place))
            known = origins[self.attname] = _Origin(packed, Opened(content, place, ""))
        return self.marked(known.envelope)

    def stays(self, value: Any) -> bool:
        """Whether a value is kept as it is."""
        return value in ("", b"")

    def marked(self, kept: Any) -> Any:
        """An envelope that `get_db_prep_value` knows as one."""
        return _SealedLetters(kept)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002
        """Let envelopes and emptiness through.

        Raises:
            TypeError: a plain value came without its row, by `update` or in a search.
        """
        if value is None or isinstance(value, _SealedLetters) or self.stays(value):
            return value if value is None else str(value)
        raise TypeError(
            f"{self.column_name} is sealed: write it with save(), and look for emptiness alone"
        )

    def get_prep_value(self, value: Any) -> Any:
        """As it is: what comes here is an envelope, or is turned away a step later."""
        return value


class SealedText(Sealing, models.TextField):
    """Text, sealed. `max_length` is kept to, although the column has no limit."""

    def encoded(self, value: Any) -> bytes:
        """UTF-8; lone surrogates, which no database takes, are replaced."""
        text = str(value)
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"{self.column_name} takes at most {self.max_length} characters")
        return text.encode("utf-8", "replace")

    def decoded(self, content: bytes) -> str:
        """The text."""
        return content.decode("utf-8")


class SealedJSON(Sealing, models.TextField):
    """Anything JSON can say, sealed; the empty list and the empty object as well."""

    def encoded(self, value: Any) -> bytes:
        """One spelling for one value, so that what did not change is seen not to have."""
        return json.dumps(
            value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":")
        ).encode()

    def decoded(self, content: bytes) -> Any:
        """The value."""
        return json.loads(content)

    def nothing(self, value: Any) -> Any:  # noqa: ARG002
        """An empty cell is no value."""
        return None

    def stays(self, value: Any) -> bool:  # noqa: ARG002
        """Only what is already an envelope."""
        return False

    def content_of_plain(self, kept: Any) -> bytes:
        """The text of what was a column of JSON."""
        return self.encoded(json.loads(kept))

    def to_python(self, value: Any) -> Any:
        """As it is: TextField would make it text."""
        return value


class SealedBytes(Sealing, models.BinaryField):
    """A document's bytes, sealed."""

    def encoded(self, value: Any) -> bytes:
        """The bytes."""
        return bytes(value)

    def decoded(self, content: bytes) -> bytes:
        """The bytes."""
        return content

    def packed(self, raw: bytes) -> Any:
        """As it is."""
        return _SealedOctets(raw)

    def unpacked(self, kept: Any) -> bytes:
        """As it is."""
        return bytes(kept)

    def marked(self, kept: Any) -> Any:
        """The same for bytes."""
        return _SealedOctets(kept)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The same for bytes."""
        if isinstance(value, _SealedOctets):
            return connection.Database.Binary(bytes(value))
        if isinstance(value, bytes) and not value:
            return value
        return super().get_db_prep_value(value, connection, prepared)


def whose(names: Any) -> str:
    """The attribute that holds the row's key: a history's rows are named as what they are about."""
    return "pgh_obj_id" if hasattr(names, "pgh_tracked_model") else "pk"


def _place(field: Sealing, instance: Any) -> Place:
    row, service = getattr(instance, whose(type(instance))), instance.__dict__.get("service_id")
    return Place(field.column_name, _uuid(row), _uuid(service) if service else None)


def _uuid(key: Any) -> UUID:
    return key if isinstance(key, UUID) else UUID(str(key))


def _from_db(cls: Any, db: Any, field_names: Any, values: Any) -> Any:
    """As Django's, and then each sealed value is held against the row it stands in."""
    new = models.Model.from_db.__func__(cls, db, field_names, values)
    state = new.__dict__
    origins = {name: value.origin for name, value in state.items() if type(value) in _PLAIN}
    if not origins:
        return new
    row, service = getattr(new, whose(cls), None), state.get("service_id")
    for name, origin in origins.items():
        place = origin.opened.place
        if row is not None:
            envelope.check_place(origin.opened, row, service or place.service)
        state[name] = _PLAIN[type(state[name])](state[name])
    state[_ORIGINS] = origins
    return new
