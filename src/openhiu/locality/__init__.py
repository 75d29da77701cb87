"""What this place has commissioned, from one TOML file: a path comes in; a `Locality` goes out.

Its sites, footprint and limits, the areas it puts first, what its service costs, its logic model
and its standing risks. Nothing about a place is written in code.
"""

from openhiu.locality.board import Board, Claim, Risk
from openhiu.locality.business_case import BusinessCase
from openhiu.locality.case_parts import (
    Assumed,
    CaseOption,
    CaseRisk,
    Criterion,
    Scheme,
    Step,
)
from openhiu.locality.early_warning import EarlyWarning
from openhiu.locality.go_live import GoLive, Post
from openhiu.locality.logic_model import LogicModel
from openhiu.locality.money import Money, UnitCost
from openhiu.locality.place import Footprint, Locality, locality_from, read_locality
from openhiu.locality.places import Place, TierSettings
from openhiu.locality.reach import ReachSettings
from openhiu.locality.reading import refuse_unknown_keys, tables
from openhiu.locality.service import ServiceSettings
from openhiu.locality.sites import Site
from openhiu.locality.staffing import StaffingSettings

__all__ = [
    "Assumed",
    "Board",
    "BusinessCase",
    "CaseOption",
    "CaseRisk",
    "Claim",
    "Criterion",
    "EarlyWarning",
    "Footprint",
    "GoLive",
    "Locality",
    "LogicModel",
    "Money",
    "Place",
    "Post",
    "ReachSettings",
    "Risk",
    "Scheme",
    "ServiceSettings",
    "Site",
    "StaffingSettings",
    "Step",
    "TierSettings",
    "UnitCost",
    "locality_from",
    "read_locality",
    "refuse_unknown_keys",
    "tables",
]
