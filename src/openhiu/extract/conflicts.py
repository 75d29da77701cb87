"""People about whom one file says two things: accepted rows as a named table come in; sentences for
the summary go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.engines import Engine
from openhiu.tables.schema import Table

_WATCHED: Final = {"birth_date": "dates of birth", "sex": "sexes"}
# 0 and 9 say that it is not known, which contradicts nothing.
_KNOWN: Final = {"birth_date": "birth_date", "sex": "case when sex in ('1', '2') then sex end"}


def conflicts(engine: Engine, table: Table, rows: str) -> list[str]:
    """How many people have several dates of birth or sexes, one sentence each.

    `rows` names a table of the engine with the declared columns, such as the accepted rows of one
    file.
    """
    watched = [name for name in _WATCHED if name in table and "person_id" in table]
    if not watched or not rows.isidentifier():
        return []
    edges = ", ".join(
        f"min({_KNOWN[name]}) as least_{name}, max({_KNOWN[name]}) as most_{name}"
        for name in watched
    )
    counts = ", ".join(
        f"count(*) filter (where least_{name} < most_{name}) as {name}" for name in watched
    )
    by_person = f"select {edges} from {rows} where person_id is not null group by person_id"  # noqa: S608 - names are ours
    total = f"select {counts} from ({by_person}) as by_person"  # noqa: S608 - names are ours
    found = engine.run(total).to_pylist()[0]
    return [
        f"{found[name]} {'person has' if found[name] == 1 else 'people have'} two or more "
        f"{_WATCHED[name]} in this file"
        for name in watched
        if found[name]
    ]
