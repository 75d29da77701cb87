"""Every column of words is sealed, or stands here with the reason why it need not be.

A new column of words about somebody is a `SealedText`; add it here only with a reason that a
Caldicott Guardian would accept.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from pghistory.models import Event

from openhiu.web.access.sealed.fields import Sealing

# Whole models that hold nothing about a person who is supported.
OF_NOBODY = {
    "access.Organisation", "access.Service", "access.Hospital", "access.Team", "access.Agreement",
    "access.AgreementParty", "access.Gateway", "access.SealKey", "people.TraceReply",
    "people.SearchPace", "directory.Listing", "directory.Proposal", "team.CareSettings",
    "team.WorkingPattern", "intake.Rerun", "monitoring.Feed", "monitoring.FeedFault",
    "monitoring.StoreLook", "monitoring.EarlyWarningRules", "mdt.Group", "letters.Reconciled",
    "letters.Letterhead", "letters.LocalWords", "letters.PostalAddress", "assurance.Assessment",
    "assurance.PublishedText", "assurance.Officer", "assurance.Confirmation",
    "assurance.Beginning", "assurance.RetentionRules", "assurance.SafetyDecision",
    "assurance.Reminded", "assurance.Certificate",
    # Numbers protected before they came, and words approved for publication.
    "reporting.KeptFile", "reporting.Evaluation", "reporting.Report", "reporting.Making",
    "reporting.ReportWords", "commissioning.AreaVersion", "commissioning.Tiers",
    "commissioning.Document", "commissioning.Comparison", "commissioning.Making",
}  # fmt: skip
# Those who work here: names and addresses by which they sign in and are known to colleagues.
OF_WORKERS = {
    "access.User", "access.Invitation", "access.RecoveryCode", "access.SavedView", "team.Talk",
    "team.Training", "team.DbsCheck", "team.Buddy", "team.CalendarKey", "mdt.GroupMember",
    "mdt.Attendance", "assurance.Registration",
}  # fmt: skip
# Who somebody is has to be searched and matched in the database (docs/adr/0022).
SEARCHED = {
    "people.Person": {"given_name", "family_name", "preferred_name", "nhs_number", "search_text",
                      "family_sound", "pronouns"},
    "people.OtherName": {"name"},
    "people.Identifier": {"issuer", "value"},
    "people.Phone": {"found_by"},  # a keyed word
    "intake.Listed": {"name", "nhs_number", "person_ref", "sex"},
    "intake.Change": {"person_ref"},
    "casework.NetworkMember": {"name"},
}  # fmt: skip
# Our own words for counts and codes that stand in columns beside them.
COUNTED = {
    "intake.Listed": {"list_id", "rules", "change", "why"},
    "intake.Change": {"list_id", "change", "reason"},
    "intake.ReceivedList": {"preset", "manifest", "content_hash", "flow", "fairness", "warnings",
                            "legal_reference"},
    "monitoring.Activity": {"source_ref", "site_code", "complaint", "outcome"},
    "monitoring.Signal": {"key", "rule", "why", "phase", "state"},
    "people.IdentityCheck": {"followed"},
    "people.IdentityQuestion": {"later"},
}  # fmt: skip
# Keys of lists in the code, states, references, hashes, addresses of pages, keys of rows.
KEYS = {
    "access.Draft": {"key"},
    "access.Posted": {"led_to"},
    "access.Kept": {"cache_key", "value"},
    "access.Announcement": {"words", "link"},  # carries no person's data: tests see to it
    "access.AuditEntry": {"role", "did", "about", "purpose", "result", "detail", "previous_hash",
                          "hash"},
    "people.ContactSafety": {"accessible_needs"},
    "intake.Approach": {"quarter", "phase"},
    "casework.Case": {"phase", "quarter"},
    "casework.PhaseChange": {"from_phase", "to_phase"},
    "casework.Need": {"category"},
    "casework.Outcome": {"category"},
    "casework.Connection": {"name", "items", "state"},  # what a service is called
    "casework.ConnectionNews": {"from_state", "to_state"},
    "casework.Consent": {"purpose", "items"},  # of the agreement
    "casework.Share": {"purpose", "items"},
    "casework.SharedWithoutConsent": {"gateway"},
    "casework.FollowUpStep": {"reference"},
    "casework.Story": {"state", "quarter", "changed", "writers", "approved_how"},
    "casework.StoryReview": {"role"},
    "casework.StoryUse": {"named", "link"},  # of a report
    "casework.Visit": {"told"},
    "monitoring.SignalStep": {"from_state", "to_state"},
    "mdt.Listing": {"rule"},
    "mdt.Meeting": {"place", "state"},
    "mdt.Slot": {"reasons"},
    "mdt.Note": {"items"},
    "mdt.Action": {"items"},
    "mdt.PlanRow": {"who", "hours"},  # which service, and when it is open
    "mdt.Copy": {"reference"},
    "letters.Letter": {"kind", "ring", "language", "translator", "read_back_by"},
    "letters.Copy": {"sha256"},
    "letters.Outgoing": {"key", "content_hash", "told", "receipt"},
    "assurance.ItemReview": {"model", "row", "without", "opinion_by", "fingerprint"},
    "assurance.AccessPack": {"sha256"},
    "assurance.Correction": {"model", "field", "item"},
    "assurance.Telling": {"whom", "told_how", "cannot"},  # organisations
    "assurance.Disclosure": {"organisation", "asker", "reference", "adviser"},
    "assurance.Entry": {"kind"},
    "assurance.Duty": {"what"},
    "assurance.Step": {"did", "fields"},
    "assurance.RecordClass": {"record_class"},
    "assurance.Hold": {"record_class", "reference"},
    "assurance.Appraisal": {"reference", "request_reference", "record_class", "records",
                            "ended_words"},
    "assurance.SafetyConcern": {"page", "openhiu", "hazard"},
}  # fmt: skip
# Sealed with the secret key, for the eyes of one account (access/sign_in/sealing.py).
SEALED_OTHERWISE = {"team.StrainCheck": {"sealed"}, "team.PrivateNote": {"sealed"}}
_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
_LISTS = (SEARCHED, COUNTED, KEYS, SEALED_OTHERWISE)


def open_columns() -> dict[str, set[str]]:
    """Columns that can hold words and are not sealed; a choice from a list is no words."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        if model.__module__.startswith("openhiu.web.") and not issubclass(model, Event):
            names = {one.attname for one in model._meta.concrete_fields if _open(one)}
            if names:
                found[model._meta.label] = names
    return found


def _open(field: Any) -> bool:
    return isinstance(field, _WORDS) and not isinstance(field, Sealing) and not field.choices


def told(label: str) -> set[str]:
    return set().union(*(one.get(label, set()) for one in _LISTS))


@pytest.mark.parametrize("label", sorted(set(open_columns()) - OF_NOBODY - OF_WORKERS))
def test_a_column_that_is_not_sealed_has_its_reason(label: str) -> None:
    assert open_columns()[label] - told(label) == set(), "make it a SealedText, or give a reason"


def test_no_reason_stands_for_a_column_that_is_gone_or_sealed() -> None:
    columns = open_columns()
    assert (OF_NOBODY | OF_WORKERS) - set(columns) == set()
    for one in _LISTS:
        for label, names in one.items():
            assert names <= columns.get(label, set()), label


def test_whose_addresses_numbers_and_words_are_sealed() -> None:
    for label, names in (
        ("people.Person", ("address", "postcode", "gp_practice", "status_note")),
        ("people.Phone", ("number", "label")),
        ("people.Merge", ("moved", "reason")),
        ("casework.Contact", ("what_mattered", "next_step", "who_words")),
        ("casework.NetworkMember", ("phone", "note")),
        ("casework.Plan", ("what_matters", "people_to_call")),
        ("intake.Listed", ("phone", "warning_flags", "reason")),
        ("letters.Letter", ("body", "translated")),
        ("letters.Copy", ("content",)),
        ("letters.Outgoing", ("address",)),
        ("mdt.Note", ("words",)),
        ("access.Draft", ("fields",)),
    ):
        for name in names:
            assert isinstance(apps.get_model(label)._meta.get_field(name), Sealing), (label, name)


def test_a_history_of_a_sealed_column_is_sealed() -> None:
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        for field in tracked._meta.concrete_fields if tracked and issubclass(model, Event) else ():
            copies = [one for one in model._meta.concrete_fields if one.attname == field.attname]
            for copied in copies if isinstance(field, Sealing) else ():
                assert isinstance(copied, Sealing), (model, field.attname)
