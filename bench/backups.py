"""`python -m bench.backups HOME`: a demonstration comes in; what a fire costs it goes out.

The home is copied and filled up. A row is written every second while the log is taken away; then
every process is killed at once and the copy is deleted, as in a fire. What comes back from the
shelf is measured. The figures are written into docs/explanation/backup.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg

from bench import report
from openhiu.web.config.backup import drilling, making, restoring, sealing, shipping
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database import Server, attached, roles, running
from openhiu.web.config.database.cluster import SUPERUSER

PAGE: Final = Path(__file__).parents[1] / "docs" / "explanation" / "backup.md"
BEGIN, END = "<!-- measured: make bench-backups -->", "<!-- end of what was measured -->"
_FILL: Final = """
    create table if not exists filler (noise text);
    insert into filler select string_agg(md5(random()::text), '')
      from generate_series(1, %s) as n group by n %% %s"""
_SERVE: Final = """
import sys, threading
from pathlib import Path
from openhiu.web.config.database import running
with running(Path(sys.argv[1])):
    print("up", flush=True)
    threading.Event().wait()
"""


def main() -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.backups", description=__doc__)
    parser.add_argument("home", type=Path, help="the `service` folder of hiu demo")
    parser.add_argument("--megabytes", type=int, default=1000, help="how much to fill it up with")
    parser.add_argument("--seconds", type=int, default=150, help="how long rows are written")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        place.chmod(0o711)
        found = measure(asked.home, place, asked.megabytes, asked.seconds)
    write_page({**report.machine(), **found})
    print(json.dumps(found, indent=1))
    return 0


def measure(demo: Path, place: Path, megabytes: int, seconds: int) -> dict[str, Any]:
    """All figures, in seconds and bytes."""
    home, shelf, key = place / "home", Shelf(place / "shelf"), place / "key"
    subprocess.run(["cp", "-a", str(demo), str(home)], check=True)
    public = sealing.new_identity(key)
    os.environ |= {"OPENHIU_BACKUP_DIR": str(shelf.folder), "OPENHIU_BACKUP_RECIPIENT": public}
    to = sealing.recipients(public)
    with running(home / "database") as server:
        size = fill(server, megabytes)
        made = making.make(home, shelf, to)
    written, killed = until_the_fire(home, seconds)
    kept = {name: home / name for name in ("secret-key", "field-keys") if (home / name).exists()}
    apart = {name: shutil.copy2(file, place / name) for name, file in kept.items()}
    shutil.rmtree(home)
    restored = restoring.restore(
        place / "back", shelf,
        restoring.Wish(by=sealing.identities(key), kept={k: Path(v) for k, v in apart.items()}),
        print,
    )  # fmt: skip
    reached = newest(place / "back")
    dumped = drilling.drill(place / "back", None, [], print)
    return {
        "database_bytes": size, "backup_seconds": made.seconds, "backup_bytes": made.size,
        "rows_written": written, "lost_seconds": round((killed - reached).total_seconds(), 1),
        "restore_seconds": restored.seconds, "dump_restore_seconds": dumped["restore_seconds"],
        "proved": restored.proved,
    }  # fmt: skip


def fill(server: Server, megabytes: int) -> int:
    """Noise, so that nothing is gained by packing; the size of the database."""
    with psycopg.connect(server.url(roles.OWNER), autocommit=True) as connection:
        pieces = megabytes * 1_000_000 // 32
        connection.execute(_FILL % (pieces, max(pieces // 250, 1)))
        connection.execute("create table if not exists written (at timestamptz)")
        connection.execute("grant all on written to openhiu_app")
        row = connection.execute("select pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def until_the_fire(home: Path, seconds: int) -> tuple[int, datetime]:
    """Write a row every second, then kill everything at once; how many, and when."""
    quiet = {"stdout": subprocess.PIPE, "text": True}
    serving = subprocess.Popen([sys.executable, "-c", _SERVE, str(home / "database")], **quiet)  # type: ignore[call-overload]
    serving.stdout.readline()
    taking = subprocess.Popen(
        [sys.executable, "-m", "openhiu.web.config.backup.shipping", str(home)]
    )
    server = attached(home / "database")
    assert server is not None
    written = 0
    with psycopg.connect(server.url(SUPERUSER, roles.DATABASE), autocommit=True) as connection:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            connection.execute("insert into written values (clock_timestamp())")
            written += 1
            time.sleep(1)
        taking.kill()
        serving.kill()
        killed = datetime.now(UTC)
    for process in (taking, serving):
        process.wait()
    shipping_left = len(shipping.waiting(home))
    print(f"{written} rows written, {shipping_left} pieces were not taken yet")
    time.sleep(3)  # the server notices that its parent is gone
    return written, killed


def newest(home: Path) -> datetime:
    """When the last row that came back was written."""
    with (
        running(home / "database", {"archive_mode": "off"}) as server,
        psycopg.connect(server.url(SUPERUSER, roles.DATABASE)) as connection,
    ):
        row = connection.execute("select max(at) from written").fetchone()
    assert row is not None and row[0] is not None
    return row[0].astimezone(UTC)  # type: ignore[no-any-return]


def write_page(found: dict[str, Any]) -> None:
    """The figures between the marks of the page."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [
        "", "| What | Measured |", "|---|---|",
        f"| size of the database | {found['database_bytes'] / 1e9:.2f} GB |",
        f"| a backup, dump and files | {found['backup_seconds']:.0f} s |",
        f"| its size | {found['backup_bytes'] / 1e9:.2f} GB |",
        f"| rows written, one a second | {found['rows_written']} |",
        f"| lost when all is killed and the home is gone (RPO) | {found['lost_seconds']:.0f} s |",
        f"| back and proved, from files and log (RTO) | {found['restore_seconds']:.0f} s |",
        f"| back and proved, from the dump | {found['dump_restore_seconds']:.0f} s |",
        f"| machine | {found['machine']} |",
        f"| measured on | {datetime.now(UTC):%-d %B %Y} |", "",
    ]  # fmt: skip
    PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
