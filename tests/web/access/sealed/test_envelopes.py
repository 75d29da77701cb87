"""One sealed value: what goes in comes out in its own place, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhiu.errors import ConfigurationFault
from openhiu.web.access.sealed import SealBroken, envelope, keyfile
from openhiu.web.access.sealed.envelope import Place
from openhiu.web.access.sealed.keyfile import Key, Ring

OURS = Ring((Key("0000000a", "2026-11-11", bytes(range(32))),))
PLACE = Place("people.person.address", UUID(int=1), UUID(int=2))


def opened(raw: bytes, column: str = PLACE.column, keys: Ring = OURS) -> envelope.Opened:
    return envelope.unseal(raw, column, keys)


@given(st.text())
def test_any_text_comes_back_as_it_was_through_a_column_of_letters(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    letters = envelope.as_text(envelope.seal(content, PLACE, OURS))
    back = opened(envelope.from_text(letters, PLACE.column))
    assert back.content == content
    assert back.place == PLACE


@given(st.binary(max_size=300))
def test_any_bytes_come_back(content: bytes) -> None:
    assert opened(envelope.seal(content, PLACE, OURS)).content == content


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({envelope.seal(b"12 High Street", PLACE, OURS) for _ in range(50)}) == 50


def test_the_text_is_not_in_the_envelope_but_the_keys_id_is() -> None:
    raw = envelope.seal(b"12 High Street", PLACE, OURS)
    assert b"High" not in raw
    assert raw.startswith(b"hiu1.0000000a.")


def test_it_cannot_be_opened_in_another_column() -> None:
    raw = envelope.seal(b"12 High Street", PLACE, OURS)
    with pytest.raises(SealBroken, match="another place") as told:
        opened(raw, "people.person.status_note")
    assert "High" not in str(told.value) + told.value.remedy


@pytest.mark.parametrize("other", [(uuid4(), PLACE.service), (PLACE.row, uuid4())])
def test_it_belongs_to_one_row_of_one_service(other: tuple[UUID, UUID]) -> None:
    back = opened(envelope.seal(b"12 High Street", PLACE, OURS))
    envelope.check_place(back, PLACE.row, PLACE.service)
    with pytest.raises(SealBroken, match="another row"):
        envelope.check_place(back, *other)


def test_whoever_writes_another_row_into_it_breaks_it() -> None:
    raw = envelope.seal(b"12 High Street", PLACE, OURS)
    head = len(envelope.prefix("0000000a"))
    forged = raw[: head + 16] + uuid4().bytes + raw[head + 32 :]
    with pytest.raises(SealBroken):
        opened(forged)


@given(st.data())
def test_no_bit_of_it_can_be_changed(data: st.DataObject) -> None:
    raw = bytearray(envelope.seal(b"12 High Street", PLACE, OURS))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        opened(bytes(raw))


@given(st.integers(0, 200))
def test_no_part_of_it_can_be_cut_off(length: int) -> None:
    letters = envelope.as_text(envelope.seal(b"12 High Street", PLACE, OURS))
    with pytest.raises(SealBroken):
        opened(envelope.from_text(letters[: min(length, len(letters) - 1)], PLACE.column))


def test_plain_text_is_turned_away_and_the_remedy_named() -> None:
    with pytest.raises(SealBroken, match="is not sealed") as told:
        opened(envelope.from_text("12 High Street", PLACE.column))
    assert "hiu manage migrate" in told.value.remedy


def test_a_missing_key_is_named_with_what_to_do() -> None:
    raw = envelope.seal(b"12 High Street", PLACE, OURS)
    others = Ring((Key("0000000b", "2026-11-11", bytes(32)),))
    with pytest.raises(SealBroken, match="the key 0000000a, which is not in the file") as told:
        opened(raw, keys=others)
    assert "docs/how-to/keys.md" in told.value.remedy


def test_two_services_share_no_key() -> None:
    one = envelope.blind("07700900123", "c", UUID(int=1), OURS.newest)
    assert one == envelope.blind("07700900123", "c", UUID(int=1), OURS.newest)
    assert one != envelope.blind("07700900123", "c", UUID(int=2), OURS.newest)
    assert one != envelope.blind("07700900123", "d", UUID(int=1), OURS.newest)
    assert one != envelope.blind("07700900124", "c", UUID(int=1), OURS.newest)


class TestTheFileOfKeys:
    def test_it_is_made_once_and_closed_to_others(self, tmp_path: Path) -> None:
        file = tmp_path / "home" / "field-keys"
        first = keyfile.make(file)
        assert keyfile.make(file) == first
        assert file.stat().st_mode & 0o777 == 0o600
        assert [path.name for path in file.parent.iterdir()] == ["field-keys"]

    def test_a_new_key_goes_first_and_the_old_one_stays(self, tmp_path: Path) -> None:
        file = tmp_path / "field-keys"
        old = keyfile.make(file).newest
        new = keyfile.add(file)
        assert keyfile.read(file).keys == (new, old)

    def test_the_key_that_seals_is_never_taken_out(self, tmp_path: Path) -> None:
        file = tmp_path / "field-keys"
        old = keyfile.make(file).newest
        with pytest.raises(ConfigurationFault, match="key that seals"):
            keyfile.remove(file, old.id)
        new = keyfile.add(file)
        keyfile.remove(file, old.id)
        assert keyfile.read(file).keys == (new,)
        with pytest.raises(ConfigurationFault, match="no key has this id"):
            keyfile.remove(file, old.id)

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
    def test_a_file_others_can_read_is_refused(self, tmp_path: Path, mode: int) -> None:
        file = tmp_path / "field-keys"
        keyfile.make(file)
        file.chmod(mode)
        with pytest.raises(ConfigurationFault, match="read by other accounts"):
            keyfile.read(file)

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationFault, match="missing"):
            keyfile.read(tmp_path / "field-keys")

    @pytest.mark.parametrize(
        "text", ["", "# only a remark\n", "abc\n", "0000000a 2026-11-11 c2hvcnQ=\n", "\x00\n"]
    )
    def test_what_is_no_file_of_keys_is_refused(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "field-keys"
        file.write_text(text)
        file.chmod(0o600)
        with pytest.raises(ConfigurationFault, match="no file of field keys"):
            keyfile.read(file)

    def test_one_id_twice_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "field-keys"
        keyfile.make(file)
        line = file.read_text().splitlines()[-1]
        file.write_text(f"{line}\n{line}\n")
        with pytest.raises(ConfigurationFault, match="no file of field keys"):
            keyfile.read(file)

    def test_no_key_is_shown_when_one_is_printed(self, tmp_path: Path) -> None:
        key = keyfile.make(tmp_path / "field-keys").newest
        assert key.secret.hex() not in repr(key)
        assert os.fsencode(str(key.secret)) not in repr(key).encode()
