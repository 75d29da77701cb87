"""The database's own wall between services: models come in; policies and grants go out.

Queries are scoped to the actor's service in Python; should one forget, PostgreSQL still shows only
rows of the service named in the transaction's setting, and none where it is not named.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models, transaction
from pghistory.models import Event
from psycopg import sql

from openhiu.web.access.models import AuditEntry

SETTING: Final = "openhiu.service"
# Verifying the chain of entries without a service needs to see them; nothing else does.
SYSTEM_SETTING: Final = "openhiu.system"
_OURS: Final = "openhiu.web."
_POLICY: Final = "one_service"

# Tables of ours without the wall, each with the reason. They hold nothing about a person who is
# supported. A model that is neither here nor has a `service` stops the tests.
EXEMPT: Final = {
    "access.User": "someone signs in before their service is known",
    "access.User_groups": "asked for by Django; empty",
    "access.User_user_permissions": "asked for by Django; empty",
    "access.Organisation": "a directory of legal bodies, the same for all services",
    "access.Service": "chosen from when someone takes a role",
    "access.Membership": "read to find out which service someone acts in",
    "access.Team": "read together with the membership; a name only",
    "access.Invitation": "read by its hash before there is an account",
    "access.RecoveryCode": "read while signing in; only a hash",
    "access.Kept": "the cache: counts of tries and one-time codes, before anyone has signed in",
    "access.Posted": "a one-time token and an address without personal data",
    "access.SealKey": "which field keys the database needs, for all services; never a key",
}
# The application may read these and no more.
_READ_ONLY: Final = (
    "django_migrations", "django_content_type", "auth_permission", "access_sealkey",
)  # fmt: skip
_ALL: Final = sql.SQL("select, insert, update, delete")
_APPEND: Final = sql.SQL("select, insert")
_READ: Final = sql.SQL("select")


def set_service(service_id: UUID | None) -> None:
    """Name the service whose rows this transaction may see and write; None: no rows at all."""
    _set(SETTING, str(service_id) if service_id else "")


def set_system(seen: bool) -> None:
    """Let this transaction see audit entries that belong to no service: for verifying only."""
    _set(SYSTEM_SETTING, "on" if seen else "")


def secured_models(apps: Apps) -> list[type[models.Model]]:
    """Every model of ours whose rows belong to a service, histories included."""
    return [
        model
        for model in our_models(apps)
        if model._meta.label not in EXEMPT and has_service(model)
    ]


def our_models(apps: Apps) -> list[type[models.Model]]:
    """Every model of the rooms, with the tables Django makes for them."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith(_OURS)
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def has_service(model: type[models.Model]) -> bool:
    """Whether its rows name the service they belong to."""
    return any(field.attname == "service_id" for field in model._meta.concrete_fields)


def secure(database: Any, apps: Apps, *, application: str) -> None:
    """Install policies, grants and the audit's chain; the same however often it is run.

    `database` is a Django connection of the tables' owner, `application` the role that serves
    pages. All or nothing.
    """
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for script in _scripts(apps):
            cursor.execute(script)
        for model in secured_models(apps):
            _wall(cursor, model)
        _grant(cursor, apps, application)


def _scripts(apps: Apps) -> list[str]:
    """What the rooms install beside their tables: every sql/*.sql, room by room."""
    folders = [
        files(config.name).joinpath("sql")
        for config in apps.get_app_configs()
        if config.name.startswith(_OURS)
    ]
    scripts = [entry for folder in folders if folder.is_dir() for entry in folder.iterdir()]
    return [s.read_text("utf-8") for s in sorted(scripts, key=str) if s.name.endswith(".sql")]


def unsecured(database: Any, apps: Apps) -> list[str]:
    """Tables of ours that the wall does not hold for; an empty list is the only good answer."""
    with database.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relforcerowsecurity "
            "and relnamespace = 'public'::regnamespace "
            "and exists (select from pg_policy where polrelid = pg_class.oid)"
        )
        held = {row[0] for row in cursor.fetchall()}
    ours = {m._meta.db_table for m in our_models(apps) if m._meta.label not in EXEMPT}
    return sorted(ours - held)


def _wall(cursor: Any, model: type[models.Model]) -> None:
    table = sql.Identifier(model._meta.db_table)
    for statement in ("enable row level security", "force row level security"):
        cursor.execute(sql.SQL("alter table {} {}").format(table, sql.SQL(statement)))
    policies = _AUDIT_POLICIES if model is AuditEntry else _POLICIES
    for name in {*_POLICIES, *_AUDIT_POLICIES}:
        cursor.execute(
            sql.SQL("drop policy if exists {} on {}").format(sql.Identifier(name), table)
        )
    for name, text in policies.items():
        cursor.execute(
            sql.SQL("create policy {} on {} {}").format(sql.Identifier(name), table, sql.SQL(text))
        )


# In a sub-select it is worked out once a statement, not once a row.
_MINE: Final = f"service_id = (select nullif(current_setting('{SETTING}', true), '')::uuid)"
_SYSTEM: Final = f"(select current_setting('{SYSTEM_SETTING}', true)) = 'on'"
_POLICIES: Final = {_POLICY: f"using ({_MINE}) with check ({_MINE})"}
_AUDIT_POLICIES: Final = {
    "append": f"for insert with check (service_id is null or {_MINE})",
    "read": f"for select using ({_MINE} or (service_id is null and {_SYSTEM}))",
    # The chain is closed with the owner's right, across every service.
    "close": "for all to current_user using (true) with check (true)",
}


def _grant(cursor: Any, apps: Apps, application: str) -> None:
    role = sql.Identifier(application)
    for statement in (
        "revoke all on schema public from public",
        "revoke all on all tables in schema public from {role}",
        "revoke all on all tables in schema public from public",
        "grant usage on schema public to {role}",
        "grant usage on all sequences in schema public to {role}",
        "revoke all on sequence access_audit_arrival from {role}",
    ):
        cursor.execute(sql.SQL(statement).format(role=role))
    append_only = {model._meta.db_table for model in our_models(apps) if _is_record(model)}
    for table in _tables(cursor):
        kind = _READ if table in _READ_ONLY else _APPEND if table in append_only else _ALL
        cursor.execute(
            sql.SQL("grant {} on table {} to {}").format(kind, sql.Identifier(table), role)
        )


def _is_record(model: type[models.Model]) -> bool:
    """Whether rows are only ever added: the audit, histories, and what says so of itself."""
    kept = getattr(model, "append_only", False)
    return bool(kept) or model is AuditEntry or issubclass(model, Event)


def _tables(cursor: Any) -> list[str]:
    cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
    return [row[0] for row in cursor.fetchall()]


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [name, value])
