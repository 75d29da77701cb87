"""An officer's decision is read, a no as well as a yes, and nothing else stands for one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from openhiu.cli import hiu
from openhiu.errors import InputNotUsable
from openhiu.web.assurance.safety.files import digest, hashes
from openhiu.web.assurance.safety.signed import (
    UNSIGNED,
    approved,
    marking,
    read_sign_off,
    template,
)

VERSION = metadata.version("openhiu")
SIGNED = f"""
officer = "Dr A. Example"
profession = "doctor"
register = "GMC 0000000"
organisation = "Example Trust"
version = "{VERSION}"
decision = "approved"
on = 2026-11-10
"""
REFUSED = SIGNED.replace('"approved"', '"not approved"')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sign-off.toml"


def test_a_sign_off_that_is_not_filled_in_is_sent_back(file: Path) -> None:
    file.write_bytes(template(VERSION))
    with pytest.raises(InputNotUsable, match="officer, profession, register, organisation"):
        read_sign_off(file)
    for on in ("", "on = 2026-11-10T09:00:00"):
        file.write_text(SIGNED.replace("on = 2026-11-10", on))
        with pytest.raises(InputNotUsable, match="it does not say: on"):
            read_sign_off(file)


def test_a_yes_is_a_yes(file: Path) -> None:
    file.write_text(SIGNED.replace('"approved"', '" Approved"'))
    signed = read_sign_off(file)
    assert marking(signed, VERSION) == (
        f"Approved for version {VERSION} by Dr A. Example, 10 November 2026"
    )
    assert approved(signed, VERSION)
    assert not approved(signed, "0.0.9") and marking(signed, "0.0.9") == UNSIGNED


def test_conditions_stand_beside_the_yes(file: Path) -> None:
    file.write_text(SIGNED + 'conditions = """for the pilot,\nuntil May"""')
    assert marking(read_sign_off(file), VERSION).endswith(
        "10 November 2026. Conditions: for the pilot, until May"
    )


def test_a_no_is_a_no(file: Path) -> None:
    file.write_text(REFUSED)
    signed = read_sign_off(file)
    assert marking(signed, VERSION).startswith(f"NOT APPROVED for version {VERSION} by Dr A. Ex")
    assert not approved(signed, VERSION)


@pytest.mark.parametrize("said", ["approved for the pilot", "yes", "not  approved", "rejected"])
def test_what_is_neither_yes_nor_no_is_sent_back(file: Path, said: str) -> None:
    file.write_text(SIGNED.replace('"approved"', f'"{said}"'))
    with pytest.raises(InputNotUsable, match="neither a yes nor a no"):
        read_sign_off(file)


def test_nobody_signed_tomorrow(file: Path) -> None:
    file.write_text(SIGNED.replace("2026-11-10", f"{date.today() + timedelta(days=1)}"))
    with pytest.raises(InputNotUsable, match="still to come"):
        read_sign_off(file)


def test_the_template_says_what_may_stand_there(file: Path) -> None:
    text = template(VERSION).decode()
    assert '# "approved" or "not approved"' in text
    assert '# conditions = ""' in text
    for key in ("officer", "profession", "register", "organisation"):
        text = text.replace(f'{key} = ""', f'{key} = "Somebody"')
    file.write_text(text.replace('decision = ""', 'decision = "not approved"')
                    .replace("# on = 2026-11-30", "on = 2026-11-10"))  # fmt: skip
    assert not read_sign_off(file).approved


def test_papers_that_were_not_approved_say_so_and_ask_for_an_approval(
    file: Path, tmp_path: Path
) -> None:
    file.write_text(REFUSED + 'conditions = "see my letter"')
    out = tmp_path / "case"
    words = ["safety-case", "--as-of", "2026-11-22", "--out", str(out), "--sign-off", str(file)]
    made = CliRunner().invoke(hiu, words, standalone_mode=False)
    assert made.return_value == 1
    told = json.loads((out / "safety-case.json").read_text("utf-8"))
    assert told["signed"].startswith("NOT APPROVED for version")
    page = (out / "safety-case-report.html").read_text("utf-8")
    assert "see my letter" in page and "not approved" in page
    assert "approval of version" in made.output + page


def test_the_digest_changes_with_a_name_or_a_byte_and_not_with_what_python_compiles(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.py").write_text("one")
    first = digest(hashes(tmp_path))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.cpython-311.pyc").write_text("x")
    assert digest(hashes(tmp_path)) == first
    (tmp_path / "a.py").write_text("two")
    assert digest(hashes(tmp_path)) != first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    (tmp_path / "b.py").write_text("one")
    assert digest(hashes(tmp_path)) != first
