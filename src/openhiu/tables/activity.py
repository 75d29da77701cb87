"""What the activity store holds: the five tables a trust's files become, declared once.

Nothing comes in; five `Table` declarations come out. Names follow ECDS and CDS where they can.
"""

from __future__ import annotations

from typing import Final

from openhiu.tables import codes
from openhiu.tables.schema import Column, InOrder, OnFault, Range, Table, Type

_REJECT: Final = OnFault.REJECT
_AGE: Final = Range(0, 120)

_SUBMITTED = Column(
    "submitted_at", Type.TIMESTAMP,
    "when the sending system made this version of the record; of two versions the later wins, "
    "whatever order the files arrive in. Empty: the time the file was received",
)  # fmt: skip
_ACTION = Column(
    "record_action", Type.CODE,
    "what this row asks for: `upsert` (the default) or `delete`",
    codes={"upsert": "add the record, or replace the version we have", "delete": "take it out"},
    closed=True, on_fault=_REJECT,
    spellings={"9": "upsert", "1": "delete", "UPSERT": "upsert", "DELETE": "delete",
               "INSERT": "upsert", "UPDATE": "upsert", "D": "delete"},
)  # fmt: skip
_PERSON = Column(
    "person_id", Type.PERSON,
    "who: an NHS number (ten digits, check digit verified) or a pseudonym that stays the same for "
    "one person. Empty where the attendance could not be linked to anyone",
    key=True, on_fault=_REJECT,
)  # fmt: skip
_PROVIDER = Column(
    "provider_code",
    Type.CODE,
    "ODS code of the trust that sent the record; where it is missing, the site code stands for it",
)
_BIRTH = Column(
    "birth_date", Type.DATE, "date of birth", key=True, on_fault=_REJECT, past=True,
)  # fmt: skip
_SEX = Column(
    "sex", Type.CODE, "sex as stated", key=True,
    codes=codes.SEX, closed=True, spellings=codes.SEX_SPELLINGS,
)  # fmt: skip
_AGE_COLUMN = Column(
    "age", Type.INTEGER, "age in whole years on the day, for sources without a date of birth",
    on_fault=_REJECT, range=_AGE,
)  # fmt: skip
_GP = Column("gp_practice", Type.CODE, "ODS code of the GP practice of registration", key=True)
_LSOA = Column("lsoa", Type.CODE, "LSOA of usual residence (2011 or 2021 code)", key=True)
_IMD = Column(
    "imd_decile", Type.INTEGER, "Index of Multiple Deprivation decile, 1 the most deprived",
    key=True, range=Range(1, 10),
)  # fmt: skip


ATTENDANCES: Final = Table(
    name="attendances",
    meaning="One row per emergency-care attendance (CDS type 011, ECDS).",
    record_key=("provider_code", "attendance_id"),
    happened="arrival_datetime",
    columns=(
        Column("attendance_id", Type.TEXT,
               "the sender's identifier of the record, the same for life"),
        _PROVIDER,
        _PERSON,
        Column("site_code", Type.CODE, "the hospital site where the person was seen",
               required=True, key=True, on_fault=_REJECT),
        Column("arrival_datetime", Type.TIMESTAMP, "arrival, in local time as recorded",
               required=True, key=True, on_fault=_REJECT, past=True),
        Column("departure_datetime", Type.TIMESTAMP, "departure from the department",
               on_fault=_REJECT),
        Column("department_type", Type.CODE, "type of department", key=True,
               codes=codes.DEPARTMENT_TYPES, spellings=codes.DEPARTMENT_TYPE_SPELLINGS),
        Column("attendance_category", Type.CODE, "first, follow-up, planned or not", key=True,
               codes=codes.ATTENDANCE_CATEGORIES),
        Column("arrival_mode", Type.CODE, "how the person came (SNOMED CT)", key=True,
               codes=codes.ARRIVAL_MODES, spellings=codes.ARRIVAL_MODE_SPELLINGS),
        _BIRTH,
        _AGE_COLUMN,
        Column("age_band", Type.TEXT, "age band, for sources that give no age"),
        _SEX,
        Column("ethnic_category", Type.CODE, "ethnic category code 2001 (A to S, Z, 99)", key=True),
        _GP,
        _LSOA,
        _IMD,
        Column("chief_complaint", Type.CODE, "chief complaint (SNOMED CT)"),
        Column("acuity", Type.CODE, "acuity (SNOMED CT)"),
        Column("injury_intent", Type.CODE, "injury intent (SNOMED CT)"),
        Column("alcohol_drug", Type.CODE, "alcohol or drug involvement in an injury (SNOMED CT)"),
        Column("diagnoses", Type.TEXT, "diagnoses, comma separated, the first one primary"),
        Column("accommodation_status", Type.CODE, "accommodation status (SNOMED CT)"),
        Column("safeguarding_concern", Type.CODE, "safeguarding concern (SNOMED CT)"),
        Column("discharge_status", Type.CODE, "how the attendance ended (SNOMED CT)",
               codes=codes.DISCHARGE_STATUSES),
        Column("discharge_destination", Type.CODE, "where the person went (SNOMED CT)",
               codes=codes.DISCHARGE_DESTINATIONS),
        Column("disposal", Type.TEXT, "how the attendance ended, in an older or local coding"),
        Column("admitted", Type.BOOLEAN, "whether the attendance ended in admission"),
        Column("is_unplanned", Type.BOOLEAN, "the sender's own flag for an unplanned attendance"),
        Column("ambulance_incident", Type.TEXT, "ambulance incident number"),
        Column("hrg_code", Type.CODE, "healthcare resource group"),
        _SUBMITTED,
        _ACTION,
    ),
    in_order=(
        InOrder("arrival_datetime", "departure_datetime", "departure before arrival",
                "correct one of the two times at source and send the record again"),
        InOrder("birth_date", "arrival_datetime", "arrival before birth",
                "correct the date of birth at source and send the record again"),
    ),
)  # fmt: skip

ADMISSIONS: Final = Table(
    name="admissions",
    meaning="One row per hospital spell (not per episode), from admission to going home.",
    record_key=("provider_code", "admission_id"),
    happened="admission_datetime",
    columns=(
        Column("admission_id", Type.TEXT, "the sender's identifier of the spell"),
        _PROVIDER,
        _PERSON,
        Column("site_code", Type.CODE, "the hospital site", required=True, key=True,
               on_fault=_REJECT),
        Column("admission_datetime", Type.TIMESTAMP, "admission", required=True, key=True,
               on_fault=_REJECT, past=True),
        Column("discharge_datetime", Type.TIMESTAMP, "end of the spell; empty while in hospital",
               on_fault=_REJECT),
        Column("admission_method", Type.CODE, "method of admission", key=True,
               codes={**codes.EMERGENCY_ADMISSION_METHODS, "11": "elective, waiting list",
                      "12": "elective, booked", "13": "elective, planned",
                      "31": "maternity, before birth", "32": "maternity, after birth",
                      "81": "transfer, not an emergency", "82": "birth", "83": "birth elsewhere"}),
        Column("is_emergency", Type.BOOLEAN, "the sender's own flag for an emergency admission"),
        Column("bed_days", Type.INTEGER, "midnights crossed (0 for a same-day spell)",
               range=Range(0, 36525)),
        _BIRTH,
        _AGE_COLUMN,
        _SEX,
        Column("patient_classification", Type.CODE, "ordinary, day case, regular"),
        Column("discharge_method", Type.CODE, "method of discharge (4: died)"),
        Column("discharge_destination", Type.CODE, "where the person went"),
        Column("diagnoses", Type.TEXT, "diagnoses (ICD-10), the first one primary"),
        Column("hrg_code", Type.CODE, "healthcare resource group of the spell"),
        _SUBMITTED,
        _ACTION,
    ),
    in_order=(
        InOrder("admission_datetime", "discharge_datetime", "end of the spell before its start",
                "correct one of the two times at source and send the record again"),
    ),
)  # fmt: skip

AMBULANCE: Final = Table(
    name="ambulance",
    meaning="One row per ambulance call-out (Ambulance Data Set).",
    record_key=("provider_code", "call_id"),
    happened="call_datetime",
    columns=(
        Column("call_id", Type.TEXT, "the ambulance service's identifier of the call"),
        Column("provider_code", Type.CODE, "ODS code of the ambulance service"),
        _PERSON,
        Column("call_datetime", Type.TIMESTAMP, "when the call was connected", required=True,
               key=True, on_fault=_REJECT, past=True),
        Column("arrived_on_scene_datetime", Type.TIMESTAMP,
               "when the first resource reached the scene; empty where none did"),
        Column("conveyed_to", Type.CODE,
               "type of place the person was taken to (`ED` an emergency department); empty: not "
               "conveyed"),
        Column("destination_site_code", Type.CODE, "the hospital site taken to"),
        Column("complaint", Type.CODE, "chief complaint at triage"),
        Column("priority", Type.CODE, "category of the response"),
        _SUBMITTED,
        _ACTION,
    ),
)  # fmt: skip

CALLS_111: Final = Table(
    name="calls_111",
    meaning="One row per call to NHS 111 (integrated urgent care).",
    record_key=("provider_code", "call_id"),
    happened="call_datetime",
    columns=(
        Column("call_id", Type.TEXT, "the 111 provider's identifier of the call"),
        Column("provider_code", Type.CODE, "ODS code of the 111 provider"),
        _PERSON,
        Column("call_datetime", Type.TIMESTAMP, "when the call began", required=True, key=True,
               on_fault=_REJECT, past=True),
        Column("outcome", Type.CODE, "final disposition (NHS Pathways Dx)"),
        Column("outcome_group", Type.CODE, "group of the final disposition"),
        Column("symptom_group", Type.CODE, "final symptom group"),
        _AGE_COLUMN,
        _SEX,
        _GP,
        _SUBMITTED,
        _ACTION,
    ),
)  # fmt: skip

PEOPLE: Final = Table(
    name="people",
    meaning="One row per person: who they are and how to be in touch. Kept apart, so that it can "
    "be purged.",
    record_key=("person_id",),
    happened=None,
    columns=(
        Column("person_id", Type.PERSON,
               "the key that the activity tables use; where it is missing, the NHS number",
               key=True, on_fault=_REJECT),
        Column("nhs_number", Type.PERSON, "NHS number", key=True, on_fault=_REJECT),
        Column("name", Type.TEXT, "full name", key=True),
        Column("phone", Type.TEXT, "phone number", key=True),
        Column("address", Type.TEXT, "address of usual residence"),
        Column("postcode", Type.CODE, "postcode"),
        Column("warning_flags", Type.TEXT, "warning flags of the hospital, `;`-joined", key=True),
        _BIRTH,
        Column("death_date", Type.DATE, "date of death where known", past=True,
               on_fault=_REJECT),
        Column("left_date", Type.DATE,
               "day the person moved away or left their practice's list, where known"),
        _SEX,
        Column("ethnic_category", Type.CODE, "ethnic category code 2001"),
        _GP,
        _LSOA,
        _IMD,
        _SUBMITTED,
        _ACTION,
    ),
    in_order=(
        InOrder("birth_date", "death_date", "death before birth",
                "correct one of the two dates at source and send the record again"),
    ),
)  # fmt: skip

TABLES: Final[dict[str, Table]] = {
    table.name: table for table in (ATTENDANCES, ADMISSIONS, AMBULANCE, CALLS_111, PEOPLE)
}
