"""`hiu demo`, the whole story: made, served, and walked about in as every persona."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from support.serving import START_SECONDS, Served, free_port, plain

PERSONAS = (
    "asha", "bryn", "carla", "dev", "esther", "frank", "grace", "hana", "idris", "joan", "kit",
    "lena", "mo", "noor",
)  # fmt: skip
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(900)]


def hiu(*words: object) -> subprocess.CompletedProcess[str]:
    """`hiu`, with time enough for two years to happen."""
    return subprocess.run(
        [sys.executable, "-m", "openhiu.cli", *map(str, words)],
        env=plain(os.environ), capture_output=True, text=True, check=False,
        timeout=START_SECONDS + 300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small demonstration, made and then served: two commands, as somebody might."""
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o711)
    made = hiu("demo", "--out", folder / "out", "--people", 1500, "--no-serve")
    assert made.returncode == 0, made.stderr
    port, log = free_port(), folder / "served.log"
    command = [sys.executable, "-m", "openhiu.cli", "demo", "--out", str(folder / "out")]
    with log.open("w") as said:
        web = subprocess.Popen(
            [*command, "--port", str(port)], stdout=said, stderr=said, env=plain(os.environ)
        )
        try:
            served = Served(f"http://localhost:{port}", folder / "out" / "service", log, web)
            served.await_ready()
            yield served
        finally:
            web.terminate()
            web.wait(60)


class Visitor:
    """Somebody with cookies and without JavaScript."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str]:
        return self._open(self.address + path)

    def be(self, persona: str) -> tuple[int, str]:
        """Press that persona's button."""
        page = self.get("/demo/")[1]
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        sent = urllib.parse.urlencode({"persona": persona, "csrfmiddlewaretoken": token})
        return self._open(self.address + "/demo/step-in", sent.encode())

    def _open(self, url: str, data: bytes | None = None) -> tuple[int, str]:
        try:
            with self.opener.open(url, data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as fault:
            with fault:
                return fault.code, fault.read().decode()


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_persona_has_a_day(demo: Served, persona: str) -> None:
    status, page = Visitor(demo.address).be(persona)
    assert status == 200
    assert "Sign out" in page


def test_a_lead_has_people_in_every_phase(demo: Served) -> None:
    asha = Visitor(demo.address)
    asha.be("asha")
    status, page = asha.get("/clients/")
    assert status == 200
    for phase in ("Working together", "Walking backwards", "Open at a distance"):
        assert phase in page


def test_the_supervisor_has_a_list_to_release(demo: Served) -> None:
    esther = Visitor(demo.address)
    esther.be("esther")
    assert "Waiting for a second person" in esther.get("/lists/sent/")[1]


def test_the_evaluation_and_the_report_lie_beside_it_and_say_that_nothing_is_proved(
    demo: Served,
) -> None:
    out = Path(demo.home).parent
    roster = (out / "roster.csv").read_text().splitlines()
    assert roster[0].startswith("site,person_id,list_date,list_rank,offer_date,consent,start_date")
    assert len(roster) > 20  # whoever said yes; nobody else leaves
    told = json.loads((out / "evaluation" / "evaluation.json").read_text())
    assert told["what"] == "evaluation"
    assert (out / "evaluation" / "evaluation.pdf").read_bytes().startswith(b"%PDF")
    facts = json.loads((out / "service_facts.json").read_text())
    assert facts["did"]["caseload_now"] > 20
    assert facts["quotes"]
    assert any(path.suffix == ".pdf" for path in (out / "board-report").iterdir())


def test_a_commissioner_reads_the_published_report_and_nothing_else(demo: Served) -> None:
    lena = Visitor(demo.address)
    lena.be("lena")
    status, page = lena.get("/reports/")
    assert status == 200
    published = re.findall(r'href="(/reports/[0-9a-f-]{36}/)"', page)
    assert len(set(published)) == 1, "the draft of the last quarter is not theirs to see"
    assert lena.get(published[0])[0] == 200
    assert lena.get("/stories/")[0] == 403
    assert lena.get("/clients/")[0] == 403


def test_a_commissioner_finds_the_papers_that_ask_for_the_money(demo: Served) -> None:
    lena = Visitor(demo.address)
    assert "The case for the service" in lena.be("lena")[1]
    page = lena.get("/area/documents/")[1]
    for title in ("Tiers report", "Staffing", "Business case", "Service specification"):
        assert f"{title}</a>, edition 1" in page
    status, tiers = lena.get("/area/tiers/")
    assert status == 200
    assert "People with 20 and over attendances" in tiers
    asha = Visitor(demo.address)
    asha.be("asha")
    assert asha.get("/area/")[0] == 403


def test_stories_stand_in_the_vault_and_in_a_report(demo: Served) -> None:
    idris = Visitor(demo.address)
    idris.be("idris")
    status, page = idris.get("/stories/?quarter=every")
    assert status == 200
    assert "In a report" in page


def test_the_next_service_along_sees_nobody(demo: Served) -> None:
    mo = Visitor(demo.address)
    mo.be("mo")
    assert "Nobody" in mo.get("/clients/")[1]


def test_a_demonstration_is_not_served_as_a_real_service(demo: Served) -> None:
    tried = hiu("web", "--home", demo.home, "--port", free_port())
    assert tried.returncode == 4
    assert "demonstration" in tried.stderr
    assert Path(demo.home).exists()
