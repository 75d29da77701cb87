"""The table of roles as documentation: ROLE_MAY comes in, a page in Markdown goes out."""

from __future__ import annotations

from openhiu.web.access.permissions import ROLE_MAY, Permission, may


def roles_page() -> str:
    """The page docs/reference/roles.md as the code would write it now."""
    head = " | ".join(str(role.label) for role in ROLE_MAY)
    rows = [f"| {_first_up(permission)} | {_marks(permission)} |" for permission in Permission]
    lines = [f"| | {head} |", f"|---|{':-:|' * len(ROLE_MAY)}", *rows]
    every = len(Permission)
    counted = [f"- **{role.label}**: {len(held)} of {every}" for role, held in ROLE_MAY.items()]
    return "\n".join([_BEFORE, *lines, _AFTER, *counted]) + "\n"


def _marks(permission: Permission) -> str:
    return " | ".join("●" if may(role, permission) else "" for role in ROLE_MAY)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


_BEFORE = """# Who may do what

Made from `openhiu/web/access/permissions.py`; a test keeps the two the same. A role says what
*kind* of thing someone may do. *Which* people they may do it to is a second question, answered for
each page: a lead sees those assigned to them, a partner what was shared with their organisation, a
supervisor their own service. A third barrier stands in the database: rows of another service are
not there at all.

Whatever is not marked is refused, and the refusal is recorded.
"""
_AFTER = """
Someone acts under one role at a time. Nobody gives themselves a role, approves their own
invitation, reviews what they opened or confirms their own access. Information governance is never
held together with another role of the same service. Administrators and information governance join
only when a second person has approved, and need a passkey.

How many kinds of thing each role may do:
"""
