"""The small set of kinds a kept field is of: for each, what may be done with it.

Which field is of which kind stands in data_inventory.toml; purpose, basis and how long follow from
the holding its model is in (tables.holdings).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from openhiu.tables.keeping import NOBODY, STAFF

# What somebody who asks for a copy gets of it.
GIVEN, REVIEWED, NOT_GIVEN = "given", "after a person read it", "not given"
# Whether it can be put right.
CAN_BE, BY_STATEMENT, CANNOT_BE = "yes", "a statement beside it", "no"
# What may stand of it in a log.
NEVER, REFERENCE, MAY = "never", "its reference only", "may"
WITH_RECORD, STAYS, OWN_CLOCK = "with the record", "stays", "by its own clock"


@dataclass(frozen=True)
class FieldKind:
    """One kind of field. `about`: whom it tells of, where not whom its holding is about."""

    key: str
    words: str
    access: str
    rectify: str
    erase: str
    log: str
    about: str = ""


KINDS: Final[dict[str, FieldKind]] = {
    kind.key: kind
    for kind in (
        FieldKind("key", "Our own key, or a link to another row",
                  NOT_GIVEN, CANNOT_BE, WITH_RECORD, REFERENCE),
        FieldKind("worker", "Which colleague did, owns or decided something",
                  GIVEN, CAN_BE, WITH_RECORD, REFERENCE, STAFF),
        FieldKind("body", "An organisation, a hospital or a service",
                  GIVEN, CAN_BE, WITH_RECORD, MAY, NOBODY),
        FieldKind("time", "When something was or is due",
                  GIVEN, CAN_BE, WITH_RECORD, NEVER),
        FieldKind("fact", "A chosen answer, a number or a tick",
                  GIVEN, CAN_BE, WITH_RECORD, NEVER),
        FieldKind("identity", "Who somebody is: names, numbers, date of birth",
                  GIVEN, CAN_BE, WITH_RECORD, NEVER),
        FieldKind("place", "Where somebody is or how they are reached; hidden for a restricted "
                  "person", GIVEN, CAN_BE, WITH_RECORD, NEVER),
        FieldKind("words", "Free words about the person or their own",
                  REVIEWED, CAN_BE, WITH_RECORD, NEVER),
        FieldKind("others", "Somebody else in the person's life, or what others said",
                  REVIEWED, CAN_BE, WITH_RECORD, NEVER, "others in their life"),
        FieldKind("opinion", "What a colleague thought, decided or was told in confidence",
                  REVIEWED, BY_STATEMENT, WITH_RECORD, NEVER),
        FieldKind("file", "A file as it was received or made",
                  REVIEWED, BY_STATEMENT, WITH_RECORD, NEVER),
        FieldKind("staff", "About a member of staff or a partner, for their work",
                  NOT_GIVEN, CAN_BE, OWN_CLOCK, NEVER, STAFF),
        FieldKind("setting", "A setting, a count or words about no individual",
                  NOT_GIVEN, CAN_BE, STAYS, MAY, NOBODY),
        FieldKind("trail", "Who did what and when; never shortened",
                  GIVEN, CANNOT_BE, STAYS, REFERENCE),
        FieldKind("secret", "A password, a code or a key, hashed or sealed",
                  NOT_GIVEN, CANNOT_BE, OWN_CLOCK, NEVER, STAFF),
        FieldKind("bookkeeping", "Versions, hashes and what a search looks at",
                  NOT_GIVEN, CANNOT_BE, WITH_RECORD, MAY, NOBODY),
    )
}  # fmt: skip


@lru_cache(maxsize=1)
def declared() -> dict[str, dict[str, str]]:
    """For each model, by its label, each field and the key of its kind.

    Raises:
        ValueError: a kind that is none, or a field in two of them.
    """
    text = files("openhiu.tables").joinpath("data_inventory.toml").read_text("utf-8")
    return {model: _fields(model, kinds) for model, kinds in tomllib.loads(text).items()}


def _fields(model: str, kinds: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, names in kinds.items():
        if kind not in KINDS:
            raise ValueError(f"{model}: {kind} is no kind of field")
        for name in names.split():
            if name in found:
                raise ValueError(f"{model}.{name} is of two kinds")
            found[name] = kind
    return dict(sorted(found.items()))
