"""The flow of the service, in order: one short function for each verb of the command line.

Paths and options come in; results that can be shown or printed as JSON go out.
"""

from openhiu.extract.store import Whose
from openhiu.programme.activity import (
    FeedMade,
    ReadOptions,
    draft_mapping,
    make_feed,
    read_files,
)
from openhiu.programme.cases import CaseOptions, make_business_case
from openhiu.programme.demonstration import Demonstration, demonstrate, make_synthetic
from openhiu.programme.evidence import EvaluateOptions, EvaluationMade, make_evaluation
from openhiu.programme.forgetting import ToForget, forget_people, read_keys, read_to_forget
from openhiu.programme.lists import ListMade, ListOptions, explain_person, make_list
from openhiu.programme.opt_outs import (
    OptOutDone,
    apply_opt_outs,
    ask_opt_outs,
    forget_opt_outs,
    opt_out_rules,
)
from openhiu.programme.reach import ReachOptions, make_reach
from openhiu.programme.reports import BoardMade, BoardOptions, make_board_report
from openhiu.programme.specification import (
    ListChecked,
    SpecificationOptions,
    check_list,
    make_specification,
)
from openhiu.programme.staffing import StaffingOptions, make_staffing
from openhiu.programme.starter_pack import StarterPackOptions, make_starter_pack
from openhiu.programme.tiers import TiersOptions, make_tiers, tiers_of

__all__ = [
    "BoardMade",
    "BoardOptions",
    "CaseOptions",
    "Demonstration",
    "EvaluateOptions",
    "EvaluationMade",
    "FeedMade",
    "ListChecked",
    "ListMade",
    "ListOptions",
    "OptOutDone",
    "ReachOptions",
    "ReadOptions",
    "SpecificationOptions",
    "StaffingOptions",
    "StarterPackOptions",
    "TiersOptions",
    "ToForget",
    "Whose",
    "apply_opt_outs",
    "ask_opt_outs",
    "check_list",
    "demonstrate",
    "draft_mapping",
    "explain_person",
    "forget_opt_outs",
    "forget_people",
    "make_board_report",
    "make_business_case",
    "make_evaluation",
    "make_feed",
    "make_list",
    "make_reach",
    "make_specification",
    "make_staffing",
    "make_starter_pack",
    "make_synthetic",
    "make_tiers",
    "opt_out_rules",
    "read_files",
    "read_keys",
    "read_to_forget",
    "tiers_of",
]
