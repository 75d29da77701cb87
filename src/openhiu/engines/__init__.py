"""Where SQL runs: the only room that names DuckDB, Spark or sqlglot.

SQL text and tables come in; Arrow tables come out. `open_engine` picks the engine by name.
"""

from __future__ import annotations

from openhiu.engines.base import Engine, Parameter, Parameters
from openhiu.engines.open import open_engine

__all__ = ["Engine", "Parameter", "Parameters", "open_engine"]
