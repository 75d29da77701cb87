"""Every variable of the environment that OpenHIU reads, declared once.

A test finds each that is read and is not here, and each that is here and not read; the page
docs/reference/configuration.md is written from this list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Variable:
    """One variable: what it means, what holds without it, an example, and since which release."""

    name: str
    meaning: str
    default: str = ""
    example: str = ""
    since: str = "0.1.0"


PLACES, PAGES, DATABASE, BACKUPS, MAIL, WATCHING = (
    "Places and keys", "Pages and sessions", "Database", "Backups and drills", "Mail",
    "Watching it run",
)  # fmt: skip
_NOW: Final = "0.2.0"
GROUPS: Final[dict[str, tuple[Variable, ...]]] = {
    PLACES: (
        Variable("OPENHIU_HOME", "The home folder: database, keys, style sheets, notes.",
                 "`.openhiu` in the person's own folder", "/var/lib/openhiu"),
        Variable("OPENHIU_SECRET_KEY_FILE", "The file of the secret key, which signs sessions and "
                 "anchors; readable by its owner alone.", "`secret-key` in the home folder",
                 "/etc/openhiu/secret-key"),
        Variable("OPENHIU_KEYS_FILE", "The file of the field keys, which seal notes, addresses and "
                 "documents; readable by its owner alone. Never with the backups.",
                 "`field-keys` in the home folder", "/etc/openhiu/field-keys", _NOW),
        Variable("OPENHIU_AUDIT_ANCHOR", "The file of the audit's anchor, renewed each day the "
                 "audit is proved; see [the audit](../explanation/audit.md).",
                 "`audit-anchor.json` in the home folder", "/mnt/elsewhere/openhiu-anchor.json",
                 _NOW),
        Variable("OPENHIU_STATIC_ROOT", "Where style sheets and scripts are put at each start.",
                 "`static` in the home folder", "/var/cache/openhiu/static"),
        Variable("OPENHIU_PROVIDER", "The provider's name at the very first start.",
                 "Our organisation", "Larkham Community Trust"),
        Variable("OPENHIU_SERVICE", "The service's name at the very first start.",
                 "Our High Intensity Use service", "Larkham HIU service"),
        Variable("OPENHIU_DEMO", "Set by `hiu demo` for what it starts; not to be set by hand.",
                 "0", "1"),
    ),
    PAGES: (
        Variable("OPENHIU_HOSTS", "The names that pages are served under, with commas. `*` is "
                 "refused.", "localhost,127.0.0.1", "hiu.example.nhs.uk,localhost,127.0.0.1"),
        Variable("OPENHIU_TLS", "1: a proxy that speaks TLS stands before it. Needed for every "
                 "name that is not this machine's own.", "0", "1"),
        Variable("OPENHIU_TRUSTED_ORIGINS", "Whole addresses that forms may come from, with "
                 "commas.", "none", "https://hiu.example.nhs.uk"),
        Variable("OPENHIU_IDENTITY_FILE", "Identity providers that people may sign in with: see "
                 "[sign in](../how-to/sign-in.md).", "none", "/etc/openhiu/identity.toml"),
        Variable("OPENHIU_IDLE_SECONDS", "How long a session may be idle.", "900", "600"),
        Variable("OPENHIU_ABSOLUTE_SECONDS", "How long a session lasts at most.", "43200", "36000"),
        Variable("OPENHIU_ACTIVITY_STALE_DAYS", "How old the newest attendance may be before pages "
                 "say so.", "7", "3"),
    ),
    DATABASE: (
        Variable("DATABASE_URL", "A server of your own, as the role that serves pages. Away from "
                 "this machine only with `sslmode=verify-full`.", "the embedded server",
                 "postgresql://openhiu_app@db.example.nhs.uk/openhiu?sslmode=verify-full"
                 "&sslrootcert=/etc/openhiu/ca.pem&passfile=/etc/openhiu/pgpass"),
        Variable("OPENHIU_DATABASE_OWNER_URL", "The same as the role that owns the tables, for "
                 "migrations; never given to the processes that serve pages.", "none",
                 "postgresql://openhiu_owner@db.example.nhs.uk/openhiu?sslmode=verify-full"),
        Variable("OPENHIU_DATABASE_BACKUP_URL", "The same as a role that reads every row "
                 "(`bypassrls`, `pg_read_all_data`), for backups; never given to the processes "
                 "that serve pages.", "none",
                 "postgresql://openhiu_backup@db.example.nhs.uk/openhiu?sslmode=verify-full", _NOW),
        Variable("OPENHIU_APPLICATION_ROLE", "Which role serves pages, for whoever prepares the "
                 "database with programs of their own; `hiu` sets it itself.", "none",
                 "openhiu_app"),
        Variable("OPENHIU_PG_BINDIR", "The folder with PostgreSQL's programs. Those that come "
                 "with OpenHIU were built without TLS.", "found by itself",
                 "/usr/lib/postgresql/18/bin"),
        Variable("OPENHIU_POOL", "0: no pool of connections (commands, tests).", "1", "0"),
    ),
    BACKUPS: (
        Variable("OPENHIU_BACKUP_DIR", "Where backups are kept: a disk that is not the service's "
                 "own.", "no backups by the clock", "/mnt/backup/openhiu", _NOW),
        Variable("OPENHIU_BACKUP_RECIPIENT", "Public age keys that can open backups, with commas.",
                 "no backups by the clock", "age1…", _NOW),
    ),
    MAIL: (
        Variable("OPENHIU_MAIL_HOST", "The mail server.", "nothing leaves by mail",
                 "send.nhs.net"),
        Variable("OPENHIU_MAIL_PORT", "Its port.", "587; 465 for implicit TLS", "587"),
        Variable("OPENHIU_MAIL_TLS", "`starttls`, `implicit`, or `none` (to this machine alone).",
                 "starttls", "implicit"),
        Variable("OPENHIU_MAIL_FROM", "The address mail comes from.", "none",
                 "hiu.larkham@nhs.net"),
        Variable("OPENHIU_MAIL_USER", "The name to sign in with.", "no sign-in",
                 "hiu.larkham@nhs.net"),
        Variable("OPENHIU_MAIL_PASSWORD_FILE", "The file with the password; readable by its owner "
                 "alone.", "none", "/etc/openhiu/mail-password"),
        Variable("OPENHIU_MAIL_SECURE", "Domains that documents may go to, with commas.",
                 "nhs.net", "nhs.net,police.uk"),
        Variable("OPENHIU_MAIL_SECONDS", "Patience with each answer.", "20", "40"),
        Variable("OPENHIU_MAIL_AUTHORITY_FILE", "Certificates to trust instead of the machine's.",
                 "the machine's", "/etc/openhiu/ca.pem"),
    ),
    WATCHING: (
        Variable("OPENHIU_LOG", "From which level on events are written to standard error: debug, "
                 "info (a line for each request), warning, error.", "warning", "info", _NOW),
        Variable("OPENHIU_METRICS_TOKEN_FILE", "The file with the token, of 20 characters or more, "
                 "that a scrape of `/metrics` brings along. Without it only this machine itself is "
                 "answered, and nobody behind a proxy.", "none", "/etc/openhiu/metrics-token",
                 _NOW),
        Variable("HIU_DEBUG", "1: `hiu` shows the whole of an unforeseen error on your own screen. "
                 "It can hold what a row holds: never in a service.", "0", "1"),
    ),
}  # fmt: skip


def names() -> set[str]:
    """Every declared name."""
    return {variable.name for group in GROUPS.values() for variable in group}


def page() -> str:
    """The page docs/reference/configuration.md as this list would write it now."""
    return "\n".join([_BEFORE, *_lines()]) + "\n"


def _lines() -> Iterator[str]:
    for group, variables in GROUPS.items():
        yield f"\n## {group}\n\n| Variable | Meaning | Without it | For example | Since |"
        yield "|---|---|---|---|---|"
        for one in variables:
            yield (
                f"| `{one.name}` | {one.meaning} | {one.default} | `{one.example}` | {one.since} |"
            )


_BEFORE: Final = """# Configuration

Written by `make docs` from `openhiu/web/config/variables.py`; a test finds a variable that is read
and not declared, or declared and not read. OpenHIU is set up by the environment alone, so that the
same program runs everywhere. Nothing secret is given in a variable where a file can be named
instead: `hiu check` says what is wrong with a setting, and `hiu web` does not start with an unsafe
one.

What is a matter of the service and not of the machine (names, goals, cover, limits) is set on its
pages, by people with the right to.
"""
