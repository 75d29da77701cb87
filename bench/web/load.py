"""People at their browsers, in a process of its own: a plan comes in, what they met goes out.

    python -m bench.web.load < plan.json > met.json

Every user has one connection and one session and asks again as soon as the answer is there, or
after `pause` seconds. Only this machine is asked, for so many seconds and so many requests.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from bench.web.serving import cpu

HOST: Final = "127.0.0.1"
_LONGEST_SECONDS: Final = 60.0
_HEAD_LIMIT: Final = 2**20


@dataclass
class Cell:
    """One kind of page asked for by so many at once."""

    plan: dict[str, Any]
    begins: float = 0.0
    ends: float = 0.0
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """What came back: its status, where it leads, its body."""

    status: int
    location: str
    body: bytes


async def _person(cell: Cell, user: dict[str, Any]) -> None:
    """One user: ask, wait for the answer, note how long it took, ask the next thing."""
    reader, writer = await asyncio.open_connection(HOST, cell.plan["port"], limit=_HEAD_LIMIT)
    await asyncio.sleep(user["after"])
    for turn in range(cell.plan["at_most"]):
        start = time.perf_counter()
        if start >= cell.ends:
            break
        asked = user["requests"][turn % len(user["requests"])]
        try:
            writer.write(_bytes(asked, user["cookies"], cell.plan["port"]))
            answer = await asyncio.wait_for(_answer(reader), _LONGEST_SECONDS)
            wrong = _wrong(asked, answer)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as fault:
            wrong = type(fault).__name__
            writer.close()
            reader, writer = await asyncio.open_connection(HOST, cell.plan["port"])
        _note(cell, start, time.perf_counter(), wrong)
        await asyncio.sleep(cell.plan["pause"])
    writer.close()


def _note(cell: Cell, start: float, end: float, wrong: str) -> None:
    if cell.begins <= end <= cell.ends:
        cell.waits.append(end - start)
        if wrong:
            cell.errors.append(wrong)


def _bytes(asked: dict[str, Any], cookies: str, port: int) -> bytes:
    body = str(asked.get("body", "")).replace("{once}", str(uuid.uuid4())).encode()
    lines = [f"{asked['method']} {asked['path']} HTTP/1.1", f"Host: {HOST}:{port}",
             f"Cookie: {cookies}", "Accept: text/html", "Connection: keep-alive"]  # fmt: skip
    lines += [f"{name}: {value}" for name, value in asked.get("headers", {}).items()]
    if asked["method"] == "POST":
        lines += [f"Origin: http://{HOST}:{port}", f"Content-Length: {len(body)}",
                  "Content-Type: application/x-www-form-urlencoded"]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in head[1:] if ": " in line)
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers["content-length"]))
    return Answer(int(head[0].split()[1]), headers.get("location", ""), body)


def _wrong(asked: dict[str, Any], answer: Answer) -> str:
    """Nothing where the answer is the page that was asked for."""
    if answer.status != asked["status"]:
        return f"status {answer.status}"
    if asked.get("location", "") not in answer.location:
        return "led elsewhere"
    return "" if asked["shows"].encode() in answer.body else "another page"


async def _cell(cell: Cell) -> dict[str, Any]:
    plan = cell.plan
    cell.begins = time.perf_counter() + plan["warm_seconds"]
    cell.ends = cell.begins + plan["seconds"]
    everyone = asyncio.gather(*(_person(cell, user) for user in plan["users"]))
    await asyncio.sleep(plan["warm_seconds"])
    before = _cpu(plan)
    done, _ = await asyncio.wait([everyone], timeout=plan["seconds"])
    after, lasted = _cpu(plan), time.perf_counter() - cell.begins
    if not done:
        await everyone
    return _told(cell, lasted, {name: after[name] - before[name] for name in after})


def _cpu(plan: dict[str, Any]) -> dict[str, float]:
    return {name: cpu(process) for name, process in plan["watch"].items()}


def _told(cell: Cell, lasted: float, used: dict[str, float]) -> dict[str, Any]:
    waits = sorted(cell.waits)
    if not waits:
        return {"requests": 0, "errors": 0, "first_error": "nothing was answered in time"}
    return {
        "requests": len(waits),
        "a_second": len(waits) / lasted,
        "p50_ms": statistics.median(waits) * 1000,
        "p95_ms": waits[min(len(waits) - 1, int(0.95 * len(waits)))] * 1000,
        "errors": len(cell.errors),
        "first_error": cell.errors[0] if cell.errors else "",
        "cpu_ms": {name: seconds / len(waits) * 1000 for name, seconds in used.items()},
    }


if __name__ == "__main__":
    json.dump(asyncio.run(_cell(Cell(json.load(sys.stdin)))), sys.stdout)
