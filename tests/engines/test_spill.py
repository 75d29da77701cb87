"""What does not fit into memory never lies where others can read it, and never stays."""

from __future__ import annotations

import stat
from pathlib import Path

from openhiu.engines.duckdb import DuckDBEngine


def test_rows_spill_into_a_private_folder_that_goes_away() -> None:
    before = set(Path.cwd().iterdir())
    with DuckDBEngine(memory_limit="60MB", threads=1) as engine:
        folder = Path(engine.run("select current_setting('temp_directory') as f")["f"][0].as_py())
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        engine.persist(
            "large", "select range as n, repeat(cast(range as varchar), 9) as t from range(3000000)"
        )
        assert list(folder.iterdir()), "nothing was spilled, so nothing was tried"
    assert not folder.exists()
    assert set(Path.cwd().iterdir()) == before
