"""Where the made-up people live and go: numbers of sites and practices in, invented places out.

Every code is obviously invented: trusts ZT1 and ZT2, practices Z99001 onwards, areas E01999001
onwards inside the footprint and E01998001 onwards outside it, postcodes of an area ZT.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.synthetic.dice import Dice, Weighted

TRUST: Final = "ZT1"
NEIGHBOUR: Final = "ZT2"
AMBULANCE_SERVICE: Final = "ZA1"
SERVICE_111: Final = "ZC1"
MOST_SITES: Final = 20

_HOSPITALS: Final = (
    "Kestrel General", "Rowan Royal Infirmary", "Lapwing Hospital", "Hawthorn General",
    "Curlew Infirmary", "Alder Vale Hospital", "Goldfinch General", "Juniper Hill Hospital",
    "Heron Bridge Infirmary", "Larch Lane Hospital", "Wren General", "Whitebeam Hospital",
    "Dunlin Bay Infirmary", "Sycamore Park Hospital", "Ouzel Moor General", "Teasel Lane Hospital",
    "Bittern Fen Infirmary", "Aspen Court Hospital", "Linnet Green General", "Sorrel Hospital",
)  # fmt: skip
_TOWNS: Final = ("Larkham", "Mistleford", "Siskinthorpe", "Hazelmere Cross", "Plover Bay")
_STREETS: Final = (
    "Bramble Lane", "Cowslip Row", "Dunnock Close", "Elderflower Street", "Fieldfare Road",
    "Gorse Terrace", "Hedgerow Walk", "Kingfisher Court", "Meadowsweet Drive", "Nuthatch Way",
    "Otter Bank", "Primrose Rise", "Quince Avenue", "Skylark Gardens", "Teasel Street",
    "Willow End",
)  # fmt: skip
_AREAS_PER_DECILE: Final = 4
_PRACTICES: Final = 16
_PEOPLE_PER_AREA: Final = 1500
_SERVICE: Final = 'leads = 4.0\nservice = "High Intensity Use service"\n'
# A person from outside the footprint happened to be nearby, or lives just over the boundary.
_OUTSIDE: Final = 0.05
_PRACTICE_ELSEWHERE: Final = 0.03
_NO_PRACTICE: Final = 0.02


@dataclass(frozen=True)
class Site:
    """One hospital with an emergency department."""

    code: str
    name: str
    provider: str


@dataclass(frozen=True)
class Area:
    """A neighbourhood of about fifteen hundred people: LSOA code, deprivation, nearest site."""

    code: str
    imd_decile: int
    nearest: Site
    outside: bool = False


@dataclass(frozen=True)
class Home:
    """Where one person lives and is registered, at one time."""

    area: Area
    practice: str
    address: str
    postcode: str


@dataclass(frozen=True)
class Places:
    """Every invented place of one run."""

    sites: tuple[Site, ...]
    areas: tuple[tuple[Area, ...], ...]  # by decile, the most deprived first
    outer_areas: tuple[Area, ...]
    practices: tuple[str, ...]
    outer_practices: tuple[str, ...]


def make_places(sites: int) -> Places:
    """`sites` hospitals (from three on the last belongs to a neighbouring trust) and round them
    forty areas, four in each deprivation decile.
    """
    hospitals = tuple(_site(number, sites) for number in range(1, sites + 1))
    areas = tuple(
        tuple(
            Area(f"E01999{4 * decile + place + 1:03d}", decile + 1, hospitals[place % sites])
            for place in range(_AREAS_PER_DECILE)
        )
        for decile in range(10)
    )
    outer = tuple(
        Area(f"E01998{n:03d}", n, hospitals[n % sites], outside=True) for n in range(1, 11)
    )
    practices = tuple(f"Z99{number:03d}" for number in range(1, _PRACTICES + 1))
    return Places(hospitals, areas, outer, practices, ("Z98001", "Z98002", "Z98003"))


def _site(number: int, sites: int) -> Site:
    provider = NEIGHBOUR if sites >= 3 and number == sites else TRUST
    local = 1 if provider == NEIGHBOUR else number
    return Site(f"{provider}{local:02d}", _HOSPITALS[number - 1], provider)


def choose_home(dice: Dice, places: Places, decile: int, homeless: bool) -> Home:
    """A home in an area of this decile, with a practice near it, far from it or none at all."""
    outside = dice.chance(_OUTSIDE)
    area = dice.pick(places.outer_areas if outside else places.areas[decile - 1])
    practice = _practice(dice, places, area)
    if homeless:
        return Home(area, practice, "No fixed address", "")
    address = f"{dice.whole(1, 180)} {dice.pick(_STREETS)}, {dice.pick(_TOWNS)}"
    return Home(area, practice, address, f"ZT{dice.whole(1, 9)} {dice.whole(1, 9)}{_letters(dice)}")


def _practice(dice: Dice, places: Places, area: Area) -> str:
    if dice.chance(_NO_PRACTICE):
        return ""
    near, far = places.practices, places.outer_practices
    if area.outside:
        near, far = far, near
    return dice.pick(far if dice.chance(_PRACTICE_ELSEWHERE) else near)


def _letters(dice: Dice) -> str:
    return dice.pick("ABDEFGHJLNPQRSTUWXYZ") + dice.pick("ABDEFGHJLNPQRSTUWXYZ")


def locality_toml(places: Places) -> str:
    """The locality file that goes with the trust: sites, footprint, priority areas and money."""
    sites = "\n".join(
        f'[[sites]]\ncode = "{site.code}"\nname = "{site.name}"\nprovider = "{site.provider}"\n'
        f'place = "P{number + 1}"\n{_in_post(number)}'
        for number, site in enumerate(places.sites)
    )
    codes = [area.code for areas in places.areas for area in areas]
    parts = "\n".join(_place_toml(number, site, places) for number, site in enumerate(places.sites))
    return (
        "# A made-up place: no such sites, areas or practices exist.\n"
        f'name = "Larkham and Mistleford (made up)"\n\n{sites}\n'
        f"[footprint]\nlsoas = {_toml_list(codes)}\n"
        f'gp_practices = {_toml_list(places.practices)}\ncombine = "or"\n\n'
        f"[priority]\nlsoas = {_toml_list(_priority(places))}\n"
        'plus = ["People without a home of their own", "People with a learning disability"]\n\n'
        '[money]\nlead_cost_a_year = 60000\nleads = 4.0\nprice_year = "2024/25"\n\n'
        f"{parts}"
    )


def _place_toml(number: int, site: Site, places: Places) -> str:
    """The part of the area around one hospital. The first has a service, as in the demonstration;
    the others wait for one.
    """
    around = [area.code for areas in places.areas for area in areas if area.nearest == site]
    return (
        f'[[places]]\ncode = "P{number + 1}"\nname = "{_place_name(number)}"\n'
        f'sites = ["{site.code}"]\npopulation = {_PEOPLE_PER_AREA * len(around)}\n'
        f"{_in_post(number)}lsoas = {_toml_list(around)}\n\n"
    )


def _in_post(number: int) -> str:
    return _SERVICE if not number else "leads = 0.0\n"


def _place_name(number: int) -> str:
    """A town; once they are used up, more towns of the same names."""
    round_, town = divmod(number, len(_TOWNS))
    return f"{_TOWNS[town]} {('', 'North', 'South', 'West')[round_]}".strip()


def _priority(places: Places) -> list[str]:
    """The made-up priority wards: half of the areas of the two most deprived deciles."""
    return [area.code for areas in places.areas[:2] for area in areas[::2]]


def _toml_list(codes: list[str] | tuple[str, ...]) -> str:
    rows = [codes[start : start + 6] for start in range(0, len(codes), 6)]
    lines = ["    " + ", ".join(f'"{code}"' for code in row) + "," for row in rows]
    return "[\n" + "\n".join(lines) + "\n]"


ETHNIC_CATEGORIES: Final[Weighted[str]] = Weighted(
    {
        "A": 66.0, "B": 1.0, "C": 4.5, "D": 0.9, "E": 0.4, "F": 0.8, "G": 0.8, "H": 3.3, "J": 3.2,
        "K": 1.2, "L": 1.8, "M": 1.3, "N": 2.9, "P": 0.6, "R": 0.8, "S": 2.0, "Z": 6.0, "99": 2.5,
    }
)  # fmt: skip
