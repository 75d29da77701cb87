"""`hiu`: arguments come in, an exit code goes out. No logic lives here."""

# Each adds its verbs.
from openhiu.cli import (
    analyst,
    assurance,
    copying,
    evidence,
    forgetting,
    keeping,
    keys,
    opt_out,
    reports,
    workspace,
)
from openhiu.cli.options import hiu
from openhiu.cli.running import main, run

__all__ = [
    "analyst",
    "assurance",
    "copying",
    "evidence",
    "forgetting",
    "hiu",
    "keeping",
    "keys",
    "main",
    "opt_out",
    "reports",
    "run",
    "workspace",
]
