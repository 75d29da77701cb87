"""Starting Apache Spark quietly: an address comes in, a session goes out.

Needs the extra `openhiu[spark]`; Java 17 or later unless the address is a Spark Connect server.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from openhiu.errors import ConfigurationFault

# Naive local times throughout (UTC never skips an hour), no web page, no progress bar.
SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
PATIENCE_SECONDS: Final = 10.0
_NO_PYSPARK: Final = "pip install 'openhiu[spark]'"
_NO_JAVA: Final = (
    "install Java 17 or later and set JAVA_HOME, or use a Spark Connect server (sc://host:15002)"
)


def start(address: str) -> Any:
    """A session on `local[*]`, `spark://host:port` or `sc://host:port`.

    Raises ConfigurationFault when pyspark or Java is missing or the address does not answer.
    """
    try:
        import pyspark  # noqa: F401 - only whether it is there
    except ModuleNotFoundError as missing:
        raise ConfigurationFault("pyspark is not installed", remedy=_NO_PYSPARK) from missing
    return _connect(address) if address.startswith("sc://") else _launch(address)


def java() -> str | None:
    """Where Java is, or None."""
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").exists():
        return str(Path(home) / "bin" / "java")
    return shutil.which("java")


def _connect(address: str) -> Any:
    try:
        from pyspark.sql.connect.session import SparkSession
    except ImportError as missing:
        raise ConfigurationFault(
            "pyspark is installed without Spark Connect", remedy=_NO_PYSPARK
        ) from missing
    fault = ConfigurationFault(
        f"no Spark Connect server answers at {address}",
        remedy="start the server, or check host and port (docs/how-to/run-on-spark.md)",
    )
    # Asked first because the client itself would go on trying for ten minutes.
    if not _answers(address):
        raise fault
    try:
        # Not the general builder: that one refuses when the process runs a classic session too.
        session = SparkSession.builder.remote(address).create()
        session.sql("select 1").collect()
        return session
    except Exception as refused:
        raise fault from refused


def _answers(address: str) -> bool:
    place = urlsplit(address)
    try:
        with socket.create_connection((place.hostname, place.port or 15002), PATIENCE_SECONDS):
            return True
    except OSError:
        return False


def _launch(address: str) -> Any:
    if java() is None:
        raise ConfigurationFault("Spark needs Java, and there is none here", remedy=_NO_JAVA)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(address).appName("openhiu")
    for key, value in {**SETTINGS, **_for_address(address)}.items():
        builder = builder.config(key, value)
    with _quiet() as log:
        try:
            session = builder.getOrCreate()
            session.sql("select 1").collect()
            return session
        except Exception as failed:
            raise ConfigurationFault(
                f"Spark did not start on {address}: {_last_line(log, failed)}", remedy=_NO_JAVA
            ) from failed


def _for_address(address: str) -> dict[str, str]:
    if address.startswith("local"):
        few = str(2 * (os.cpu_count() or 1))
        return {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
                "spark.sql.shuffle.partitions": few}  # fmt: skip
    return {}


@contextlib.contextmanager
def _quiet() -> Iterator[IO[bytes]]:
    """Let Java's chatter run into a file while it starts, so that errors stay one line."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as log:
        kept = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            yield log
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _last_line(log: IO[bytes], failed: Exception) -> str:
    log.seek(0)
    lines = log.read().decode("utf-8", "replace").strip().splitlines()
    return next(
        (line for line in reversed(lines) if "Exception" in line), str(failed).split("\n")[0]
    )
