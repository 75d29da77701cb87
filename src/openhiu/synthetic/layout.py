"""The column names of every file the made-up trust writes: nothing comes in, constants go out.

Attendances wear CDS 6-2-3 names, as a trust's own export would; the other files use the names of
`tables.activity`.
"""

from __future__ import annotations

from typing import Final

ATTENDANCE_COLUMNS: Final = (
    "NHS NUMBER",
    "EMERGENCY CARE ATTENDANCE IDENTIFIER",
    "ORGANISATION IDENTIFIER (CODE OF PROVIDER)",
    "ORGANISATION SITE IDENTIFIER (OF TREATMENT)",
    "EMERGENCY CARE DEPARTMENT TYPE",
    "EMERGENCY CARE ATTENDANCE CATEGORY",
    "EMERGENCY CARE ARRIVAL DATE",
    "EMERGENCY CARE ARRIVAL TIME",
    "EMERGENCY CARE DEPARTURE DATE",
    "EMERGENCY CARE DEPARTURE TIME",
    "PERSON BIRTH DATE",
    "PERSON STATED GENDER CODE",
    "ETHNIC CATEGORY",
    "GENERAL MEDICAL PRACTICE CODE (PATIENT REGISTRATION)",
    "LOWER LAYER SUPER OUTPUT AREA (RESIDENCE)",
    "INDEX OF MULTIPLE DEPRIVATION DECILE",
    "EMERGENCY CARE ARRIVAL MODE (SNOMED CT)",
    "EMERGENCY CARE CHIEF COMPLAINT (SNOMED CT)",
    "EMERGENCY CARE ACUITY (SNOMED CT)",
    "EMERGENCY CARE INJURY INTENT (SNOMED CT)",
    "EMERGENCY CARE INJURY ALCOHOL OR DRUG INVOLVEMENT (SNOMED CT)",
    "EMERGENCY CARE DIAGNOSIS (SNOMED CT)",
    "ACCOMMODATION STATUS (SNOMED CT)",
    "SAFEGUARDING CONCERN (SNOMED CT)",
    "EMERGENCY CARE DISCHARGE STATUS (SNOMED CT)",
    "EMERGENCY CARE DISCHARGE DESTINATION (SNOMED CT)",
    "AMBULANCE INCIDENT NUMBER",
    "CDS EXTRACT DATE",
    "CDS EXTRACT TIME",
    "CDS UPDATE TYPE",
)
"""Dates are ISO, times HH:MM:SS; CDS UPDATE TYPE is 9 (add or replace) or 1 (delete)."""

ADMISSION_COLUMNS: Final = (
    "admission_id", "provider_code", "person_id", "site_code", "admission_datetime",
    "discharge_datetime", "admission_method", "bed_days", "birth_date", "sex",
    "patient_classification", "discharge_method", "diagnoses", "submitted_at",
)  # fmt: skip
AMBULANCE_COLUMNS: Final = (
    "call_id", "provider_code", "person_id", "call_datetime", "arrived_on_scene_datetime",
    "conveyed_to", "destination_site_code", "complaint", "priority", "submitted_at",
)  # fmt: skip
CALL_111_COLUMNS: Final = (
    "call_id", "provider_code", "person_id", "call_datetime", "outcome", "outcome_group",
    "symptom_group", "age", "sex", "gp_practice", "submitted_at",
)  # fmt: skip
PEOPLE_COLUMNS: Final = (
    "person_id", "nhs_number", "name", "phone", "address", "postcode", "warning_flags",
    "birth_date", "death_date", "sex", "ethnic_category", "gp_practice", "lsoa", "imd_decile",
    "submitted_at",
)  # fmt: skip
TRUTH_COLUMNS: Final = (
    "person_id", "lives_from", "lives_until", "story", "visits_a_year", "spell_from",
    "spell_until", "spell_visits_a_year",
)  # fmt: skip
