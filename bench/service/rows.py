"""Rows in an order of the seed: where the product asks for none, or leaves a tie, the seed decides.

A database may hand such rows out in any order; which one it takes hangs on when it last swept its
tables, hence on the machine's speed. So the same seed would not be the same year everywhere; and
every order that some machine takes is one the promises must hold in: each seed tries another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from typing import Any
from unittest.mock import patch

from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

Term = tuple[Any, tuple[str, tuple[Any, ...], bool]]
_asked_for: Any = SQLCompiler.get_order_by


@contextmanager
def shuffled(seed: int) -> Iterator[None]:
    """Every query of the block ends with an order that leaves no two rows alike."""
    salt = md5(f"rows of {seed}".encode(), usedforsecurity=False).hexdigest()[:8]

    def get_order_by(compiler: Any) -> list[Term]:
        return [*_asked_for(compiler), *_last_words(compiler, salt)]

    with patch.object(SQLCompiler, "get_order_by", get_order_by):
        yield


def _last_words(compiler: Any, salt: str) -> list[Term]:
    query = compiler.query
    if query.combinator or query.distinct_fields or _is_one_row(query):
        return []
    if query.subquery and not query.is_sliced:
        return []
    words = [str(nth) for nth in range(1, len(compiler.select) + 1)]
    if query.distinct or query.group_by is not None:
        return [_term(word) for word in words]
    key = f"{_quoted(compiler, query.get_initial_alias())}.{_key_of(compiler)}"
    return [
        _term(f"md5({key}::text || '{salt}')"),
        *map(_term, () if query.default_cols else words),
    ]


def _is_one_row(query: Any) -> bool:
    """Counting, adding up, and asking whether there is any."""
    adds_up = any(one.contains_aggregate for one in query.annotation_select.values())
    return not query.default_cols and ((adds_up and query.group_by is None) or not query.select)


def _key_of(compiler: Any) -> str:
    return _quoted(compiler, compiler.query.get_meta().pk.column)


def _quoted(compiler: Any, name: str) -> str:
    return str(compiler.quote_name_unless_alias(name))


def _term(words: str) -> Term:
    # Named as a reference, so that Django neither selects it nor groups by it.
    return _Place(words, ()), (f"{words} ASC", (), True)


class _Place(RawSQL):  # type: ignore[misc]
    """A last word of an order, which is no column."""

    def get_group_by_cols(self) -> list[Any]:
        """None."""
        return []
