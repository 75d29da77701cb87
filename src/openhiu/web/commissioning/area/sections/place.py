"""The area itself as sections: its name, places, hospitals, who belongs to it. Data only."""

from __future__ import annotations

from typing import Final

from openhiu.web.commissioning.area.kinds import Field
from openhiu.web.commissioning.area.section import Section

GROUP: Final = "The area"
_POST: Final = "Leads in post (whole-time equivalents)"

SECTIONS: Final = (
    Section(
        "area", "The area", GROUP, (),
        (
            Field("name", "What the area is called", hint="As it stands on every document"),
            Field("stale_after_days", "Days after which data count as old", "whole", otherwise="7"),
            Field("sites_file", "File of hospitals", "file",
                  hint="A CSV with code, name, provider, leads, service, latitude, longitude and "
                  "place, for areas with many"),
        ),
    ),
    Section(
        "places", "Places", GROUP, ("places",),
        (
            Field("code", "Short code", hint="For example NORTH. It stands in files, and stays"),
            Field("name", "Name"),
            Field("population", "People who live there", "whole"),
            Field("leads", _POST, "number", hint="0 where there is no service"),
            Field("service", "The service there now, in words",
                  hint="For example: one lead at Kestrel General, weekdays"),
            Field("funded_until", "Funded until", "date"),
            Field("sites", "Hospitals of the place", "lines", hint="Their ODS codes"),
            Field("lsoas", "Areas (LSOA codes)", "codes", hint="Separated by spaces or lines"),
            Field("lsoas_file", "File of LSOA codes", "file"),
            Field("gp_practices", "GP practices (codes)", "codes",
                  hint="Separated by spaces or lines"),
            Field("gp_practices_file", "File of GP practice codes", "file"),
        ),
        about="The parts of the area that a lead would be placed in. Tiers, staffing and costs are "
        "worked out for each.",
        one="place", name="name",
    ),
    Section(
        "sites", "Hospitals", GROUP, ("sites",),
        (
            Field("code", "ODS site code", hint="For example RXX01"),
            Field("name", "Name"),
            Field("provider", "Trust"),
            Field("leads", _POST, "number", hint="0 where there is no service"),
            Field("service", "The service there now, in words", hint="With its days and hours"),
            Field("place", "Its place", hint="The short code of a place"),
            Field("latitude", "Latitude", "number", hint="For the map, for example 53.81"),
            Field("longitude", "Longitude", "number", hint="For example -1.55"),
        ),
        about="Every hospital with an A&E that people of this area come to.",
        one="hospital", name="name",
    ),
    Section(
        "footprint", "Who belongs to the area", GROUP, ("footprint",),
        (
            Field("lsoas", "Areas where people live (LSOA codes)", "codes"),
            Field("lsoas_file", "File of LSOA codes", "file"),
            Field("gp_practices", "GP practices they are registered with (codes)", "codes"),
            Field("gp_practices_file", "File of GP practice codes", "file"),
            Field("combine", "Who counts", "choice", otherwise="either is enough",
                  choices=(("or", "Either is enough"), ("and", "Both are needed"))),
        ),
        about="Without it, everybody who comes to its hospitals counts.",
    ),
    Section(
        "priority", "Areas and groups put first", GROUP, ("priority",),
        (
            Field("lsoas", "Priority wards (LSOA codes)", "codes"),
            Field("lsoas_file", "File of LSOA codes", "file"),
            Field("plus", "Groups chosen here (the PLUS of Core20PLUS5)", "lines"),
        ),
    ),
    Section(
        "tiers", "Where the top tier begins", GROUP, ("tiers",),
        (
            Field("top_from", "Exactly 20 attendances in a year", "choice",
                  hint="National papers disagree. What you choose is printed on every document",
                  choices=(("20", "Belong to the top tier (20 and over)"),
                           ("21", "Belong to the tier below (more than 20)")),
                  otherwise="20 and over"),
        ),
    ),
)  # fmt: skip
