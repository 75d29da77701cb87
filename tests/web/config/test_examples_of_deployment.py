"""The examples in deploy/ fit together: what the environment names is there, or can be written.

They are read as text: no systemd and no container engine is asked for.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from openhiu.web.access.sealed import keyfile

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
KEYS = ("OPENHIU_SECRET_KEY_FILE", "OPENHIU_KEYS_FILE")
WRITTEN = ("OPENHIU_HOME", "OPENHIU_BACKUP_DIR")


def environment() -> dict[str, str]:
    """What the example sets; remarks are left out."""
    lines = (DEPLOY / "openhiu.env").read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _, value in pairs}


def unit(name: str) -> dict[str, list[str]]:
    """The words of each setting of a unit."""
    lines = (DEPLOY / "systemd" / name).read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return {key: value.split() for key, _, value in pairs}


def writable(name: str) -> list[str]:
    """The folders that a service may write to."""
    said = unit(name)
    assert said["ProtectSystem"] == ["strict"]
    state = [f"/var/lib/{folder}" for folder in said.get("StateDirectory", [])]
    return [*said["ReadWritePaths"], *state]


def service(name: str) -> list[str]:
    """The lines of one service of compose.yaml, without remarks."""
    lines = (DEPLOY / "compose.yaml").read_text("utf-8").splitlines()
    first = lines.index(f"  {name}:") + 1
    rest = lines[first:]
    end = next(nth for nth, line in enumerate(rest) if len(line) - len(line.lstrip()) < 4)
    return [line.strip() for line in rest[:end] if not line.strip().startswith("#")]


def mounts(name: str) -> dict[str, bool]:
    """Each mounted folder inside a container, and whether it can be written."""
    lines = service(name)
    rest = lines[lines.index("volumes:") + 1 :]
    held = [line[2:].split(":") for line in rest if line.startswith("- ")]
    return {words[1]: words[2:] != ["ro"] for words in held}


def set_in_compose(name: str) -> dict[str, str]:
    """The environment as a container has it: the file's, and what stands over it."""
    lines = service(name)
    assert "env_file: openhiu.env" in lines
    over = [line.split(": ") for line in lines if line.startswith("OPENHIU_")]
    return {**environment(), **{words[0]: words[1] for words in over}}


def covered(path: str, folders: list[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def made_by_hand() -> set[str]:
    """The files that somebody makes before the first start, as the how-to says."""
    before = (ROOT / "docs/how-to/deploy.md").read_text("utf-8").partition("## 7. Run it")[0]
    lines = [line for line in before.splitlines() if line.startswith("    ")]
    return {line.rpartition("> ")[2].strip() for line in lines if " > /" in line}


@pytest.mark.parametrize("name", ["openhiu.service", "openhiu-drill.service"])
def test_a_service_may_write_wherever_its_environment_sends_it(name: str) -> None:
    told = environment()
    assert [told[one] for one in WRITTEN if not covered(told[one], writable(name))] == []


def test_a_key_that_cannot_be_made_by_the_service_is_made_before_it_starts() -> None:
    told, folders = environment(), writable("openhiu.service")
    lacking = [told[one] for one in KEYS if not covered(told[one], folders)]
    assert lacking, "the examples keep keys apart from what they open"
    assert set(lacking) <= made_by_hand()


def test_a_container_has_a_mounted_folder_for_every_place() -> None:
    told, held = set_in_compose("openhiu"), mounts("openhiu")
    assert "read_only: true" in service("openhiu")
    open_ones = [folder for folder, can in held.items() if can]
    assert [told[one] for one in WRITTEN if not covered(told[one], open_ones)] == []
    closed = [told[one] for one in KEYS if not covered(told[one], open_ones)]
    assert [one for one in closed if not covered(one, list(held))] == []
    assert set(closed) <= made_by_hand()


def test_ports_are_opened_by_the_service_whose_network_the_proxy_shares() -> None:
    assert 'network_mode: "service:openhiu"' in service("proxy")
    assert 'ports: ["80:80", "443:443"]' in service("openhiu")
    assert not [line for line in service("proxy") if line.startswith("ports:")]


def test_the_line_of_the_how_to_makes_a_file_of_field_keys(tmp_path: Path) -> None:
    text = (ROOT / "docs/how-to/deploy.md").read_text("utf-8")
    [line] = [one for one in text.splitlines() if one.endswith("> /etc/openhiu/field-keys")]
    file = tmp_path / "field-keys"
    shell = line.strip().replace("/etc/openhiu/field-keys", str(file))
    subprocess.run(["/bin/sh", "-c", shell], check=True)
    file.chmod(0o600)
    ring = keyfile.read(file)
    assert len(ring.keys) == 1
    assert len(ring.newest.secret) == 32
