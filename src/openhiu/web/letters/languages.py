"""Languages a letter may be in, as data: a code comes in; its names and how it is written go out.

No letter is ever translated by a machine: a person puts the text in, another reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.paper import coverage

ENGLISH: Final = "en"


@dataclass(frozen=True)
class Language:
    """One language: its English name and its own."""

    code: str
    label: str
    own: str


_ALL: Final = (
    ("en", "English", "English"), ("sq", "Albanian", "Shqip"), ("ar", "Arabic", "العربية"),
    ("bn", "Bengali", "বাংলা"), ("bg", "Bulgarian", "Български"), ("zh", "Chinese", "中文"),
    ("cs", "Czech", "Čeština"), ("fr", "French", "Français"), ("gu", "Gujarati", "ગુજરાતી"),
    ("hi", "Hindi", "हिन्दी"), ("hu", "Hungarian", "Magyar"), ("it", "Italian", "Italiano"),
    ("ku", "Kurdish", "Kurdî"), ("lv", "Latvian", "Latviešu"), ("lt", "Lithuanian", "Lietuvių"),
    ("pl", "Polish", "Polski"), ("pt", "Portuguese", "Português"), ("pa", "Punjabi", "ਪੰਜਾਬੀ"),
    ("ro", "Romanian", "Română"), ("ru", "Russian", "Русский"), ("sk", "Slovak", "Slovenčina"),
    ("so", "Somali", "Soomaali"), ("es", "Spanish", "Español"), ("ta", "Tamil", "தமிழ்"),
    ("tr", "Turkish", "Türkçe"), ("uk", "Ukrainian", "Українська"), ("ur", "Urdu", "اردو"),
    ("vi", "Vietnamese", "Tiếng Việt"), ("cy", "Welsh", "Cymraeg"),
)  # fmt: skip
LANGUAGES: Final = {code: Language(code, label, own) for code, label, own in _ALL}


def choices() -> list[tuple[str, str]]:
    """Each with its own name beside the English one."""
    return [
        (one.code, one.label if one.label == one.own else f"{one.label} ({one.own})")
        for one in LANGUAGES.values()
    ]


def spoken_of(words: str) -> str:
    """The code of the first language named in what was noted about an interpreter; or English."""
    said = words.casefold()
    named = [one for one in LANGUAGES.values() if one.label.casefold() in said]
    return min(named, key=lambda one: said.index(one.label.casefold())).code if named else ENGLISH


def on_paper(text: str) -> bool:
    """Whether the typeface of our PDF has every letter of a text; else Word writes it."""
    _, lost = coverage.shown(text)
    return not lost
