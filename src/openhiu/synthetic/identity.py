"""Who the made-up people are: names, NHS numbers and phone numbers that can belong to nobody.

A stream of draws comes in. Surnames are birds, trees and weather; first names come from many
cultures, joined at random; NHS numbers stand in the 999 range, which is never issued; phone numbers
stand in the ranges Ofcom keeps for drama.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openhiu.synthetic.dice import Dice
from openhiu.tables.identifiers import check_digit, is_absent

_FIRST_NAMES: Final = {
    "1": (
        "Adebayo", "Ahmed", "Aled", "Anil", "Arjun", "Babatunde", "Bilal", "Bogdan", "Callum",
        "Chidi", "Cian", "Dafydd", "Darius", "Declan", "Dmitri", "Emeka", "Emyr", "Farhan",
        "Fionn", "Francisco", "George", "Gwilym", "Hamza", "Harjit", "Hassan", "Hiroshi", "Ibrahim",
        "Ioan", "Isaac", "Jamal", "Javier", "Jerome", "José", "Kofi", "Krzysztof", "Kwame", "Leroy",
        "Luca", "Marek", "Matteo", "Mehmet", "Mihai", "Mohammed", "Nnamdi", "Oisín", "Oliver",
        "Olumide", "Pádraig", "Pavel", "Rafael", "Rajesh", "Ravi", "René", "Samir", "Seán",
        "Solomon", "Stanisław", "Tariq", "Thabo", "Tomasz", "Uchenna", "Vikram", "Wei", "William",
        "Winston", "Yusuf", "Zoltán",
    ),
    "2": (
        "Abena", "Agnieszka", "Aisha", "Alice", "Amara", "Ana", "Anjali", "Ayesha", "Beatriz",
        "Blessing", "Bronwen", "Caoimhe", "Carys", "Chiara", "Chloé", "Daniela", "Deborah", "Ebele",
        "Efua", "Eilidh", "Elif", "Emily", "Farah", "Fatima", "Folasade", "Gabriela", "Grace",
        "Gurpreet", "Gwen", "Halima", "Hana", "Hannah", "Ifeoma", "Inés", "Ioana", "Irena", "Jaya",
        "Joy", "Kasia", "Khadija", "Lakshmi", "Leila", "Lucía", "Małgorzata", "Mariam", "Marisol",
        "Mei", "Mercy", "Nadia", "Ngozi", "Niamh", "Noor", "Olga", "Oluchi", "Parveen", "Precious",
        "Priya", "Rhiannon", "Rosa", "Ruth", "Sadia", "Siân", "Simran", "Siobhán", "Sunita",
        "Thandiwe", "Wanjiru", "Xiu", "Yasmin", "Yetunde", "Zainab", "Zoë",
    ),
}  # fmt: skip
_SURNAMES: Final = (
    "Acacia", "Alderwood", "Ashgrove", "Aspen", "Avocet", "Bittern", "Blackthorn", "Blossomfall",
    "Breezeway", "Brightsky", "Bullfinch", "Chaffinch", "Cloudberry", "Cormorant", "Curlew",
    "Dewfall", "Dipper", "Dragonsky", "Drizzlewood", "Dunnock", "Elderberry", "Fieldfare",
    "Firecrest", "Fogbank", "Frostfern", "Goldcrest", "Goosander", "Greenfinch", "Greyheron",
    "Guillemot", "Hailstone", "Hawthorn", "Hazelnut", "Honeybuzzard", "Hornbeam", "Juniper",
    "Kingfisher", "Kittiwake", "Lapwing", "Larchwood", "Linnet", "Magnolia", "Maplewood",
    "Mistlethrush", "Mizzle", "Moonhalo", "Moorhen", "Nightjar", "Nimbus", "Northwind", "Nuthatch",
    "Oystercatcher", "Pintail", "Pinewood", "Plover", "Ptarmigan", "Puddleduck", "Quickbeam",
    "Raincloud", "Razorbill", "Redstart", "Redwing", "Rowanberry", "Sandpiper", "Silverbirch",
    "Siskin", "Skylark", "Snowbunting", "Southbreeze", "Sparrowhawk", "Spindletree", "Starling",
    "Stormcock", "Sunshower", "Sycamore", "Teal", "Thistlefinch", "Thundercloud", "Treecreeper",
    "Turnstone", "Wagtail", "Waxwing", "Wheatear", "Whimbrel", "Whinchat", "Whitebeam", "Wigeon",
    "Windrush", "Woodlark", "Yellowhammer", "Yewtree",
)  # fmt: skip
_FLAGS: Final = (
    "Needs an interpreter", "Uses British Sign Language", "Prefers a letter to a call",
    "Hard of hearing: please speak slowly", "Sight loss: large print",
    "Learning disability: reasonable adjustments agreed", "Carer for someone at home",
    "Autistic: a quiet room helps", "See the safety plan before a home visit",
    "Support dog at home", "Uses a wheelchair",
)  # fmt: skip
_ROOM: Final = 1_000_000  # numbers 999 000 000c to 999 999 999c, less those without a check digit
_STRIDE: Final = 386_117  # shares no factor with _ROOM, so it visits each number once


def nhs_numbers(dice: Dice) -> Iterator[str]:
    """Different NHS numbers in the 999 range, about 909,000 of them, in no visible order."""
    start = dice.whole(0, _ROOM - 1)
    for step in range(_ROOM):
        first_nine = f"999{(start + step * _STRIDE) % _ROOM:06d}"
        digit = check_digit(first_nine)
        number = f"{first_nine}{digit}"
        if digit is not None and not is_absent(number):
            yield number


def name(dice: Dice, sex: str) -> str:
    """A first name from anywhere and a surname from nowhere."""
    listed = _FIRST_NAMES.get(sex) or _FIRST_NAMES[dice.pick("12")]
    surname = dice.pick(_SURNAMES)
    if dice.chance(0.04):
        surname = f"{surname}-{dice.pick(_SURNAMES)}"
    return f"{dice.pick(listed)} {surname}"


def phone(dice: Dice) -> str:
    """A mobile or a London number from Ofcom's drama ranges; one in twenty-five has none known."""
    number = dice.whole(0, 999)
    kind = dice.random()
    if kind < 0.04:
        return ""
    return f"07700 900{number:03d}" if kind < 0.85 else f"020 7946 {number:04d}"


def warning_flags(dice: Dice, frequent: bool) -> str:
    """Mostly none; what helps staff meet someone well, never a judgement."""
    if not dice.chance(0.15 if frequent else 0.04):
        return ""
    first, second = dice.pick(_FLAGS), dice.pick(_FLAGS)
    return f"{first};{second}" if second != first and dice.chance(0.2) else first
