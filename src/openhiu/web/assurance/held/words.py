"""Names of models and fields as somebody reads them who has never seen this software, and what the
abbreviations in a record mean.
"""

from __future__ import annotations

from typing import Final

# Where the field's own name would not do.
LABELS: Final = {
    "at": "When",
    "by": "Who",
    "did": "What",
    "on": "On",
    "words": "In words",
    "how": "How",
    "who": "Who it was with",
    "nhs_number": "NHS number",
    "gp_practice": "GP practice",
    "birth_date": "Date of birth",
    "given_name": "First name",
    "family_name": "Last name",
    "preferred_name": "What to call you",
    "restricted": "Details protected (nobody is shown where you live)",
    "died": "Death",
    "status_note": "Where we heard that",
    "imd_decile": "Deprivation of the area, from 1 (most) to 10 (least)",
    "by_ambulance": "By ambulance",
    "attendances": "Visits to A&E",
    "attendances_12m": "Visits to A&E in 12 months",
    "max_in_month": "Most visits in one month",
    "sites_attended": "Hospitals visited",
    "person_ref": "The hospital's own number for you",
    "what_matters": "What matters to you",
    "what_helps": "What helps",
    "what_harms": "What makes it worse",
    "come_if": "Come to A&E or call 999 if",
    "who_words": "Who that was",
    "what_mattered": "What mattered",
    "began_by": "Who got in touch",
    "rhythm_days": "How often to be in touch, in days",
    "telephone": "Telephone",
    "who_is_at_risk": "Who was at risk",
    "told_whom": "Who was told",
    "why_now": "Why then",
    "person_told": "Whether you were told",
    "person_id": "About",
    "about_id": "Row",
    "minutes": "Minutes",
}
# What abbreviations and words of ours mean, for the first page of a copy.
MEANINGS: Final = (
    ("A&E", "accident and emergency, the part of a hospital for emergencies"),
    ("GP", "general practitioner, your family doctor"),
    ("HIU", "high intensity use: a service for people who often need urgent care"),
    ("MDT", "multi-disciplinary team: people of several organisations who meet"),
    ("NHS", "National Health Service"),
    ("ICO", "Information Commissioner's Office, which looks after data protection"),
    ("IMD", "index of multiple deprivation: how hard life is in an area, in numbers"),
    ("Phase", "how far support has come"),
    ("Share", "letting an organisation see some of your record"),
    ("Sealed", "stored so that it cannot be read without a key"),
)


def label(name: str, verbose: str) -> str:
    """What a field is called for its reader."""
    return LABELS.get(name, verbose[:1].upper() + verbose[1:].replace("_", " "))
