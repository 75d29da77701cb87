"""Every section of the area's settings, in the order a commissioner fills them in. Data only."""

from __future__ import annotations

from typing import Final

from openhiu.web.commissioning.area.section import Section
from openhiu.web.commissioning.area.sections import case, money, pack, place, service

ALL: Final[tuple[Section, ...]] = (
    *place.SECTIONS, *money.SECTIONS, *case.SECTIONS, *service.SECTIONS, *pack.SECTIONS,
)  # fmt: skip
SECTIONS: Final[dict[str, Section]] = {section.key: section for section in ALL}
GROUPS: Final = tuple(dict.fromkeys(section.group for section in ALL))
