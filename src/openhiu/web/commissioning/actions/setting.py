"""The area is set: a section, a row or a whole file comes in; a version more is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Stale
from openhiu.web.access.permissions import Permission
from openhiu.web.commissioning import policies, queries
from openhiu.web.commissioning.actions.turns import one_at_a_time
from openhiu.web.commissioning.area import merging, reading
from openhiu.web.commissioning.area.files import MOST_FILES
from openhiu.web.commissioning.area.reading import NotSet
from openhiu.web.commissioning.area.section import Section
from openhiu.web.commissioning.models import AreaVersion
from openhiu.web.reporting.keeping import keep, keep_all


@transaction.atomic
def save_section(
    *, by: Actor, section: Section, version: int, values: Mapping[str, Any]
) -> AreaVersion:
    """Keep what was typed in a section that was drawn from a `version`.

    Raises:
        NotAllowed: the role sets nothing.
        Stale: somebody else changed this very section since.
        NotSet: with why; nothing is saved.
    """
    last = _begin(by)
    return _keep(by, last, merging.section(by, last, section, version, values), section)


@transaction.atomic
def save_row(
    *, by: Actor, section: Section, version: int, which: merging.Which | None,
    values: Mapping[str, Any],
) -> AreaVersion:  # fmt: skip
    """Keep one row of a list that was drawn from a `version`; without `which` it is a row more.

    Raises:
        NotAllowed, Stale, NotSet: as for a section.
    """
    last = _begin(by)
    return _keep(by, last, merging.row(by, last, section, version, which, values), section)


@transaction.atomic
def remove_row(*, by: Actor, section: Section, version: int, number: int) -> AreaVersion:
    """Take one row away; it stays in the history.

    Raises:
        NotAllowed, NotSet: as for a section.
        Stale: the row is another now, or gone.
    """
    last = _begin(by)
    settings = queries.settings_of(last)
    rows, before = list(section.values(settings)), section.values(merging.drawn_from(by, version))
    if number > len(before) or before[number - 1] not in rows:
        raise Stale([(section.title, merging.GONE, "")])
    rows.remove(before[number - 1])
    return _keep(by, last, section.with_rows(settings, rows), section)


@transaction.atomic
def keep_file(*, by: Actor, name: str, data: bytes) -> AreaVersion:
    """Keep a file beside the settings; one of the same name is replaced from now on."""
    last = _begin(by)
    files = {**(last.files if last else {}), name: ""}
    if len(files) > MOST_FILES:
        raise NotSet(f"There are {MOST_FILES} files already. Remove those that nothing names.")
    files[name] = keep(by.service_id, data)
    return _keep(by, last, queries.settings_of(last), None, files=files, section_key=name)


@transaction.atomic
def remove_file(*, by: Actor, name: str) -> AreaVersion:
    """Leave a file out from now on. Raises NotSet where a setting names it still."""
    last = _begin(by)
    files = {key: digest for key, digest in (last.files if last else {}).items() if key != name}
    return _keep(by, last, queries.settings_of(last), None, files=files, section_key=name)


@transaction.atomic
def take_file(
    *, by: Actor, settings: Mapping[str, Any], files: Mapping[str, bytes], way: str = "file"
) -> AreaVersion:
    """Set the whole area from a locality file and what lies beside it.

    Raises:
        NotAllowed: the role sets nothing.
        NotSet: the command line would not read it either.
    """
    last = _begin(by)
    kept = keep_all(by.service_id, files)
    return _keep(by, last, dict(settings), None, files=kept, section_key="", way=way)


def _begin(by: Actor) -> AreaVersion | None:
    policies.must_hold(by, Permission.CHANGE_AREA)
    one_at_a_time(by)
    return queries.latest_area(by)


def _keep(
    by: Actor, last: AreaVersion | None, settings: dict[str, Any], section: Section | None, *,
    files: Mapping[str, str] | None = None, section_key: str = "", way: str = "typed",
) -> AreaVersion:  # fmt: skip
    """A version more, read first as the command line would read it; the same again is none."""
    files = dict((last.files if last else {}) if files is None else files)
    made = AreaVersion(
        service=by.service, number=(last.number if last else 0) + 1, settings=settings, files=files,
        section=section.key if section else section_key, way=way, saved_by=by.membership,
    )  # fmt: skip
    reading.check(settings, queries.files_of(made), section)
    if last is not None and (last.settings, last.files) == (settings, files):
        return last
    made.save()
    record(by, Did.CHANGED, about=made, purpose=Purpose.COMMISSIONING, section=made.section,
           number=made.number)  # fmt: skip
    return made
