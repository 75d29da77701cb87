"""Sail for the spec tests: Spark's SQL without Java, as a Spark Connect server of its own."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Sail 0.7 asks its own Python for a pyspark it knows, for Python functions; definitions have none.
KNOWN_PYSPARK = '__version__ = "4.1.1"\n'


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A running server; the value is its address."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="ohsail-") as folder:
        (Path(folder) / "pyspark").mkdir()
        (Path(folder) / "pyspark" / "__init__.py").write_text(KNOWN_PYSPARK)
        program = Path(sys.executable).with_name("sail")
        process = subprocess.Popen(
            [program, "spark", "server", "--ip", "127.0.0.1", "--port", str(port)],
            env={**os.environ, "PYTHONPATH": folder},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port)
            yield f"sc://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


@contextlib.contextmanager
def session(address: str) -> Iterator[Any]:
    from openhiu.engines.spark_session import start

    opened = start(address)
    # Sail spells this size in a way that the client cannot read.
    opened.conf.set("spark.sql.session.localRelationSizeLimit", str(2**31 - 1))
    yield opened
    opened.stop()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
