"""The definition on a real cluster: the commands of docs/how-to/run-on-spark.md are run here.

A standalone master, two workers and a Spark Connect server on this machine, from the package alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from openhiu.engines.duckdb import DuckDBEngine
from openhiu.engines.open import open_engine
from openhiu.engines.spark_session import java
from openhiu.identify import inputs
from openhiu.identify.rank import rank
from openhiu.locality import Locality
from support import nasty
from support.engines import missing
from support.sail import free_port, wait_for

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("cluster"), pytest.mark.timeout(400)]
GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "run-on-spark.md"


def commands() -> list[str]:
    """The shell commands of the last part of the guide, one by one."""
    part = GUIDE.read_text("utf-8").split("## Try it: a cluster on one machine")[1]
    blocks = re.findall(r"```bash\n(.*?)```", part.split("\n## ")[0], re.DOTALL)
    return [line for block in blocks for line in block.strip().splitlines()]


class Cluster:
    """Runs the guide's commands with ports and a folder of its own; ends what it started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"7077": str(free_port()), "15002": str(free_port())}
        # Two partitions for two cores: 200, the default, are for a cluster with more to do.
        (folder / "spark-defaults.conf").write_text("spark.sql.shuffle.partitions 2\n")
        self.environment = {**os.environ, "SPARK_CONF_DIR": str(folder),
                            "SPARK_LOCAL_IP": "127.0.0.1"}  # fmt: skip
        self.exports: list[str] = []
        self.processes: list[subprocess.Popen[bytes]] = []

    def run(self, command: str) -> None:
        for written, free in self.ports.items():
            command = command.replace(written, free)
        if command.startswith("export "):
            self.exports.append(command)
            return
        script = "; ".join([*self.exports, f"exec {command.removesuffix('&')}"])
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        with log:
            self.processes.append(subprocess.Popen(
                ["bash", "-c", script], cwd=self.folder, env={**self.environment, "PATH": path},
                stdout=log, stderr=log, start_new_session=True,
            ))  # fmt: skip

    def workers(self, wanted: int) -> None:
        """Wait until the master has heard from so many workers."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            log = (self.folder / "0.log").read_text("utf-8", "replace")
            if log.count("Registering worker") >= wanted:
                return
            time.sleep(0.5)
        raise TimeoutError(log[-2000:])

    def stop(self) -> None:
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if java() is None:
        missing("a Spark cluster was not tested: there is no Java here")
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        *before, connect = commands()
        for command in before:
            started.run(command)
        wait_for(int(started.ports["7077"]), 60)
        started.workers(2)
        started.connect = connect  # type: ignore[attr-defined]
        yield started
    finally:
        started.stop()
    assert all(process.poll() is not None for process in started.processes)


def said(address: str, folder: Path) -> dict[str, Any]:
    place = Locality()
    with DuckDBEngine() if address == "duckdb" else open_engine(address) as engine:
        inputs.lay_out_store(engine, nasty.store(folder), place, [])
        ranked = rank(engine, nasty.criteria(), nasty.AS_OF, locality=place, has_admissions=True)
    return {"listed": [asdict(row) for row in ranked.listed], "boundaries": ranked.boundaries}


def test_the_guide_starts_a_master_two_workers_and_a_connect_server() -> None:
    started = [line for line in commands() if line.endswith("&")]
    assert [re.findall(r"(Master|Worker|SparkConnectServer) --", line) for line in started] == [
        ["Master"], ["Worker"], ["Worker"], ["SparkConnectServer"],
    ]  # fmt: skip


def test_a_list_made_at_the_master_is_the_one_made_here(cluster: Cluster, tmp_path: Path) -> None:
    # In a process of its own: one process cannot run two Sparks, and the other tests run one.
    master = f"spark://127.0.0.1:{cluster.ports['7077']}"
    done = subprocess.run(
        [sys.executable, __file__, master, tmp_path], capture_output=True, text=True, timeout=300,
        env={**cluster.environment, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout == repr(said("duckdb", tmp_path))
    log = (cluster.folder / "0.log").read_text("utf-8", "replace")
    assert len(set(re.findall(r"Launching executor \S+ on worker (\S+)", log))) == 2


def test_a_list_made_over_spark_connect_is_the_one_made_here(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.run(cluster.connect)  # type: ignore[attr-defined]
    address = f"sc://127.0.0.1:{cluster.ports['15002']}"
    wait_for(urllib.parse.urlsplit(address).port or 0, 120)
    assert said(address, tmp_path) == said("duckdb", tmp_path)


if __name__ == "__main__":
    sys.stdout.write(repr(said(sys.argv[1], Path(sys.argv[2]))))
