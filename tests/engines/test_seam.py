"""The seam itself: markers and their values, and the types in which rows come out."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from openhiu.engines import Engine
from openhiu.engines.arrow import plain
from openhiu.engines.base import bind, markers


def test_a_marker_in_quotes_or_in_a_comment_is_not_one() -> None:
    sql = "select ':no' as a, x::date -- it's :no\n/* :no */ from t where b = :yes and 'it''s :no'"
    text, bound = bind(sql, {"yes": 1})
    assert (text, bound) == (sql, {"yes": 1})
    assert markers(sql, "$") == sql.replace(":yes", "$yes")


def test_only_what_the_text_uses_is_bound() -> None:
    assert bind("select :a", {"a": 1, "b": 2}) == ("select :a", {"a": 1})


def test_a_list_is_spread_and_a_name_that_begins_like_another_is_kept_apart() -> None:
    text, bound = bind("x in (:code) or y = :codes", {"code": ["a", "b"], "codes": "c"})
    assert text == "x in (:code_0, :code_1) or y = :codes"
    assert bound == {"code_0": "a", "code_1": "b", "codes": "c"}


@pytest.mark.parametrize(
    ("given", "comes_out"),
    [
        (pa.array([Decimal(2**40)], pa.decimal128(38, 0)), pa.int64()),
        (pa.array([Decimal("1.5")], pa.decimal128(20, 1)), pa.float64()),
        (pa.array([1], pa.uint32()), pa.int64()),
        (pa.array([1], pa.int32()), pa.int32()),
        (pa.array(["a"], pa.large_string()), pa.string()),
        (pa.array(["a"]).dictionary_encode(), pa.string()),
        (pa.array([1], pa.timestamp("ns")), pa.timestamp("us")),
        (pa.array([None], pa.null()), pa.string()),
    ],
    ids=str,
)
def test_rows_come_out_in_plain_types(given: pa.Array, comes_out: pa.DataType) -> None:
    assert plain(pa.table({"x": given}))["x"].type == comes_out


def test_sums_and_counts_are_whole_numbers_on_every_engine(engine: Engine) -> None:
    engine.register("visits", pa.table({"n": pa.array([1, 2], pa.int64())}))
    summed = engine.run("select sum(n) as total, count(*) as visits from visits")
    assert [field.type for field in summed.schema] == [pa.int64(), pa.int64()]
