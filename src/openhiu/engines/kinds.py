"""What kind of frame this is: any object comes in, a word goes out.

Known by the name of its module, so that no library is imported that the user has not loaded.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["arrow", "pandas", "polars", "polars-lazy", "duckdb", "pyspark", "unknown"]


def kind_of(frame: object) -> Kind:
    """The kind of a frame, `unknown` for anything else."""
    made_of = type(frame)
    library = made_of.__module__.split(".")[0].lstrip("_")
    match library, made_of.__name__:
        case "pyarrow", "Table":
            return "arrow"
        case "pandas", "DataFrame":
            return "pandas"
        case "polars", "DataFrame":
            return "polars"
        case "polars", "LazyFrame":
            return "polars-lazy"
        case "duckdb", "DuckDBPyRelation" | "Relation":
            return "duckdb"
        case "pyspark", "DataFrame":
            return "pyspark"
    return "unknown"
