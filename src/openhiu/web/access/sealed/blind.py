"""Equality without the text: what stands in a sealed column comes in; a keyed word goes out.

The word is an HMAC under a key made from the ring's for this use and this service.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from openhiu.web.access.sealed import envelope
from openhiu.web.access.sealed.keyfile import Key


class BlindText(models.CharField):
    """A word that is equal where the instance's attribute `of` is equal, and tells nothing else.

    Looked for with `words`; written by itself whenever the row is saved.
    """

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        options.setdefault("max_length", 30)
        options.setdefault("default", "")
        options.setdefault("editable", False)
        self.of = of
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """With what it is made of."""
        name, _, args, kwargs = super().deconstruct()
        return name, "openhiu.web.access.sealed.BlindText", args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: ARG002
        """The word under the newest key; nothing for nothing."""
        word = self.word(model_instance)
        setattr(model_instance, self.attname, word)
        return word

    def word(self, model_instance: Any) -> str:
        """What should stand there."""
        text = getattr(model_instance, self.of)
        if not text:
            return ""
        return self._made(text, model_instance.service_id, envelope.ring().newest)

    def words(self, texts: Iterable[str], service: UUID) -> list[str]:
        """What to look for: each text under every key, so that rotating keys loses nobody."""
        keys = envelope.ring().keys
        return [self._made(text, service, key) for text in texts if text for key in keys]

    def _made(self, text: str, service: UUID, key: Key) -> str:
        return envelope.blind(text, self.column_name, service, key)

    @property
    def column_name(self) -> str:
        """As "app.model.field"."""
        return f"{self.model._meta.label_lower}.{self.attname}"
