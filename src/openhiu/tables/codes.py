"""The code sets of counting rules and suggestions: NHS data dictionary and SNOMED CT concepts.

What goes in is nothing; what comes out are constants. Sources: NHS Data Model and Dictionary (CDS
type 011), the SNOMED CT UK edition and the published NHS England code that counts attendances.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SEX: Final[Mapping[str, str]] = {
    "1": "male",
    "2": "female",
    "9": "indeterminate",
    "0": "not known",
}
SEX_SPELLINGS: Final[Mapping[str, str]] = {
    "M": "1", "MALE": "1", "F": "2", "FEMALE": "2", "I": "9", "X": "9",
    "U": "0", "UNKNOWN": "0", "NOT KNOWN": "0", "N": "0",
}  # fmt: skip

DEPARTMENT_TYPES: Final[Mapping[str, str]] = {
    "01": "consultant-led 24-hour emergency department",
    "02": "consultant-led single-specialty department (eye, dental)",
    "03": "other A&E: minor injuries unit, urgent treatment centre",
    "04": "NHS walk-in centre",
    "05": "same day emergency care",
    "99": "not known",
}
DEPARTMENT_TYPE_SPELLINGS: Final[Mapping[str, str]] = {str(n): f"0{n}" for n in range(1, 6)}

ATTENDANCE_CATEGORIES: Final[Mapping[str, str]] = {
    "1": "unplanned, first for a new condition",
    "2": "unplanned follow-up within 7 days at this department",
    "3": "unplanned follow-up within 7 days from another department",
    "4": "planned follow-up within 7 days at this department",
}
# HES A&E coded the same field differently; the hes-ae dialect translates it on the way in.
HES_AE_CATEGORIES: Final[Mapping[str, str]] = {"1": "1", "2": "4", "3": "2"}

AMBULANCE_ARRIVAL: Final[Mapping[str, str]] = {
    "1048031000000100": "emergency road ambulance",
    "1048041000000109": "emergency road ambulance with medical escort",
    "1048021000000102": "non-emergency road ambulance",
    "1048051000000107": "helicopter",
    "1048081000000101": "fixed wing / medical repatriation by air",
}
ARRIVAL_MODES: Final[Mapping[str, str]] = {
    **AMBULANCE_ARRIVAL,
    "1048061000000105": "public transport",
    "1048071000000103": "own transport",
    "1048001000000106": "police",
    "1047991000000102": "prison or custody transport",
}
# HES A&E coded 1 ambulance, 2 other; local extracts write words.
ARRIVAL_MODE_SPELLINGS: Final[Mapping[str, str]] = {
    "1": "1048031000000100", "AMBULANCE": "1048031000000100",
    "EMERGENCY AMBULANCE": "1048031000000100", "HELICOPTER": "1048051000000107",
    "PUBLIC TRANSPORT": "1048061000000105", "OWN TRANSPORT": "1048071000000103",
    "POLICE": "1048001000000106", "CUSTODIAL SERVICES": "1047991000000102",
}  # fmt: skip

STREAMED_AWAY: Final[Mapping[str, str]] = {
    "1077031000000103": "streamed to urgent care or urgent treatment centre",
    "1077781000000101": "streamed to emergency department",
    "1077021000000100": "streamed to general practice",
    "1077081000000104": "streamed to ambulatory or same day emergency care",
    "1077091000000102": "streamed to falls service",
    "1077101000000105": "streamed to frailty service",
    "1077041000000107": "streamed to mental health service",
    "1077071000000101": "streamed to pharmacy",
    "1077051000000105": "streamed to dental service",
    "1077061000000108": "streamed to ophthalmology",
    "1324201000000109": "streamed to another service",
    "2304481000000106": "streamed to another service",
}
DEAD_ON_ARRIVAL: Final[Mapping[str, str]] = {"63238001": "dead on arrival"}
DISCHARGE_STATUSES: Final[Mapping[str, str]] = {
    "182992009": "treatment completed",
    "1066301000000103": "left before initial assessment",
    "1066311000000101": "left after initial assessment",
    "1066321000000107": "left before treatment was completed",
    **DEAD_ON_ARRIVAL,
    **STREAMED_AWAY,
}
LEFT_BEFORE_BEING_SEEN: Final = ("1066301000000103",)
MORTUARY: Final = "305398007"
ADMITTED_DESTINATIONS: Final[Mapping[str, str]] = {
    "306706006": "ward",
    "1066361000000104": "high dependency unit",
    "1066371000000106": "coronary care unit",
    "1066381000000108": "special care baby unit",
    "1066391000000105": "intensive care unit",
    "1066401000000108": "neonatal intensive care unit",
}
DISCHARGE_DESTINATIONS: Final[Mapping[str, str]] = {
    "306689006": "home",
    "306691003": "residential home",
    "306694006": "nursing home",
    "306705005": "police custody",
    "50861005": "custody",
    "183919006": "hospice",
    "1066331000000109": "emergency department short stay ward",
    "1066341000000100": "ambulatory or same day emergency care",
    "1066351000000102": "hospital at home",
    **ADMITTED_DESTINATIONS,
    "19712007": "transfer to another hospital",
    MORTUARY: "mortuary",
}

SELF_HARM_COMPLAINT: Final = "248062006"
SELF_INFLICTED_INTENT: Final = "276853009"
MENTAL_HEALTH_COMPLAINTS: Final[Mapping[str, str]] = {
    "248062006": "self-harm",
    "272022009": "depressive feelings",
    "366979004": "depressed mood",
    "48694002": "anxiety",
    "248020004": "unusual behaviour",
    "6471006": "suicidal thoughts",
    "7011001": "hallucinations or delusions",
}
# The chief complaints a lead reads about, in plain words; any other stays unnamed.
COMPLAINT_WORDS: Final[Mapping[str, str]] = {
    **MENTAL_HEALTH_COMPLAINTS,
    "6471006": "thoughts of suicide",
    "48694002": "feeling anxious",
    "29857009": "chest pain",
    "267036007": "short of breath",
    "21522001": "stomach pain",
    "25064002": "headache",
    "161891005": "back pain",
    "386661006": "fever",
    "91175000": "seizure",
    "271594007": "fainting",
    "404640003": "dizziness",
    "422400008": "vomiting",
    "62315008": "diarrhoea",
    "49727002": "cough",
    "271807003": "rash",
    "162397003": "sore throat",
    "161898004": "fall",
    "125605004": "possible broken bone",
    "312608009": "wound",
    "25702006": "alcohol intoxication",
    "55680006": "overdose",
}
MENTAL_HEALTH_DIAGNOSES: Final[Mapping[str, str]] = {
    "52448006": "dementia", "2776000": "delirium", "33449004": "personality disorder",
    "72366004": "eating disorder", "197480006": "anxiety disorder",
    "35489007": "depressive disorder", "13746004": "bipolar disorder",
    "58214004": "schizophrenia", "69322001": "psychotic disorder",
    "397923000": "somatisation disorder", "30077003": "somatoform pain disorder",
    "44376007": "dissociative disorder", "17226007": "adjustment disorder",
    "50705009": "factitious disorder",
}  # fmt: skip
NOT_HOUSED_ACCOMMODATION: Final = (
    "32911000", "224221006", "224225002", "224231004", "414418009",
)  # fmt: skip

EMERGENCY_ADMISSION_METHODS: Final[Mapping[str, str]] = {
    "21": "emergency department of this provider",
    "22": "GP, after a request for immediate admission",
    "23": "bed bureau",
    "24": "consultant clinic of this or another provider",
    "25": "mental health crisis resolution team",
    "2A": "emergency department of another provider",
    "2B": "transfer of an admitted patient from another provider in an emergency",
    "2C": "baby born at home as intended",
    "2D": "other emergency admission",
    "28": "other means (retired into 2A to 2D)",
}
# 2C is a birth, not a crisis.
COUNTED_EMERGENCY_METHODS: Final = tuple(m for m in EMERGENCY_ADMISSION_METHODS if m != "2C")

# NHS data dictionary, ETHNIC CATEGORY CODE 2001: first letter decides the group.
ETHNIC_GROUPS: Final[Mapping[str, str]] = {
    "A": "White", "B": "White", "C": "White",
    "D": "Mixed", "E": "Mixed", "F": "Mixed", "G": "Mixed",
    "H": "Asian or Asian British", "J": "Asian or Asian British",
    "K": "Asian or Asian British", "L": "Asian or Asian British",
    "M": "Black or Black British", "N": "Black or Black British", "P": "Black or Black British",
    "R": "Other ethnic groups", "S": "Other ethnic groups",
    "Z": "Not stated", "99": "Not known",
}  # fmt: skip
