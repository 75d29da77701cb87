"""The documents that can be made, in the order in which a case is built. The only file here that
knows the rooms of `openhiu.report` that write them; each is loaded where it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openhiu.locality import Locality
from openhiu.report.tiers.shape import Tiers
from openhiu.web.commissioning import policies
from openhiu.web.commissioning.making.kinds import Gathered, Kind
from openhiu.web.reporting.faults import NotUsable

if TYPE_CHECKING:
    from openhiu.report.folder import Folder
    from openhiu.report.staffing.observed import Observed
    from openhiu.report.staffing.shape import Staffing


def _tiers(gathered: Gathered, _locality: Locality) -> Folder:
    from openhiu.report.tiers.make import folder

    return folder(_told(gathered), {})


def _staffing(gathered: Gathered, locality: Locality) -> Folder:
    from openhiu.report.staffing.make import folder_of

    made = _worked_out(gathered, locality)
    return folder_of(made, _told(gathered), _observed(gathered), gathered.given)


def _business_case(gathered: Gathered, locality: Locality) -> Folder:
    from openhiu.report.business_case.make import make

    return make(
        _told(gathered), _worked_out(gathered, locality), locality, as_of=gathered.as_of,
        evaluation=gathered.evaluation, inputs=gathered.given,
    )  # fmt: skip


def _specification(gathered: Gathered, locality: Locality) -> Folder:
    from openhiu.report.criteria import commissioned
    from openhiu.report.service_specification.make import make
    from openhiu.report.service_specification.source import Source

    criteria, chosen = commissioned(locality)
    return make(Source(
        _told(gathered), criteria, locality, gathered.as_of, chosen, gathered.given
    ))  # fmt: skip


def _starter_pack(gathered: Gathered, locality: Locality) -> Folder:
    from openhiu.report.criteria import commissioned
    from openhiu.report.starter_pack.make import make
    from openhiu.report.starter_pack.source import Source

    criteria, _ = commissioned(locality)
    return make(Source(locality, criteria, gathered.as_of, gathered.tiers), gathered.given)


def _reach(gathered: Gathered, locality: Locality) -> Folder:
    from openhiu.report.reach.make import make

    made, _ = make(_told(gathered), locality, _worked_out(gathered, locality), gathered.given)
    return made


def _told(gathered: Gathered) -> Tiers:
    if gathered.tiers is None:
        raise NotUsable(policies.NO_TIERS)
    return gathered.tiers


def _observed(gathered: Gathered) -> Observed | None:
    from openhiu.report.staffing.observed import read_observed

    return None if gathered.observed is None else read_observed(gathered.observed)


def _worked_out(gathered: Gathered, locality: Locality) -> Staffing:
    from openhiu.report.staffing.work_out import work_out

    return work_out(_told(gathered), locality, _observed(gathered))


_ALL: Final = (
    Kind(
        "tiers", "Tiers report", True,
        "Who comes to A&E most: people, attendances, admissions, bed days and costs by tier, "
        "hospital and place, with the year before and what to expect.", _tiers,
    ),
    Kind(
        "staffing", "Staffing", True,
        "How many leads each place needs, with waiting, reach and the risk of overload for every "
        "number of leads.", _staffing,
    ),
    Kind(
        "business-case", "Business case", True,
        "The whole paper that asks for the money, with the effect that the service can honestly "
        "claim.", _business_case,
    ),
    Kind(
        "service-specification", "Service specification", True,
        "What a provider is asked to do. Its criteria are those the list is made with.",
        _specification,
    ),
    Kind(
        "starter-pack", "Starter pack", False,
        "Plan, job description, advert, communications, agreements and assessments, with dates "
        "worked back from go-live.", _starter_pack,
    ),
    Kind(
        "reach", "Reach", True,
        "Which hospitals have a service, leads for the people in the tiers, and how that lines up "
        "with deprivation.", _reach,
    ),
)  # fmt: skip
KINDS: Final = {kind.key: kind for kind in _ALL}
