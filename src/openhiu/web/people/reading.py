"""What was typed into the one search box: a text comes in; names, digits and dates go out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils import timezone

from openhiu.web.people.fold import date_key, digits, fold, sound, words, year_key
from openhiu.web.people.nicknames import other_forms

SHORTEST: Final = 2  # fewer letters than this say nothing
LONGEST: Final = 100
_LIKELY_NUMBER: Final = 3  # figures, from which on they are looked for within numbers
_HEARD_FROM: Final = 4  # letters, from which on a misspelling can be told from another name
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DATES: Final = (
    re.compile(r"(?<!\w)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\w)"),
    re.compile(
        r"(?<!\w)(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>\d{4}|\d{2})(?!\w)"
    ),
    re.compile(r"(?<!\w)(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4})(?!\w)"),
    re.compile(
        r"(?<!\w)(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s./-]*(?P<m>[a-z]{3,9})\.?,?[\s./-]*(?P<y>\d{4}|\d{2})(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?P<m>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\w)"
    ),
)
_FIGURES: Final = re.compile(
    r"(?<![\w])\+?\(?\d[\d\s().\-\u2010-\u2013]*\d(?![^\W\d])|(?<!\w)\d(?!\w)"
)


@dataclass(frozen=True)
class Term:
    """One thing looked for. Patterns are SQL LIKE patterns over Person.search_text.

    `whole` is the pattern of the thing as it stands; `strict` what counts as finding it, `loose`
    what counts when little was found; `near` the word whose misspellings count then. `sealed` are
    the patterns of a telephone number's ending, which need the service's key (people.search).
    """

    text: str
    whole: str
    strict: tuple[str, ...]
    loose: tuple[str, ...] = ()
    near: str = ""
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """The terms of a text; all of them have to be found."""

    text: str
    terms: tuple[Term, ...] = ()
    names: tuple[str, ...] = field(default=())
    numbers: tuple[str, ...] = field(default=())
    dates: tuple[date, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.terms


def read(text: str) -> Reading:
    """Take a text apart. Longer than 100 characters is cut; too short is empty."""
    left = " ".join(text[:LONGEST].split()).lower()
    left, dates = _take_dates(left)
    left, numbers = _take_numbers(left)
    names = tuple(word for word in words(left.replace("-", " ")) if word)[:6]
    if sum(map(len, (*names, *numbers))) + 8 * len(dates) < SHORTEST:
        return Reading(text)
    terms = (*map(_date, dates), *map(_number, numbers), *map(_name, names))
    # The longest first: it is the one least often found by chance.
    terms = tuple(sorted(terms, key=lambda term: len(term.whole), reverse=True))
    return Reading(text, terms, names, numbers, dates)


def _take_dates(text: str) -> tuple[str, tuple[date, ...]]:
    for form in _DATES:
        found = form.search(text)
        day = found and real_date(found["d"], found["m"], found["y"])
        if found and day:
            return text[: found.start()] + " " + text[found.end() :], (day,)
    return text, ()


def real_date(day: str, month: str, year: str) -> date | None:
    """The date three texts name, day first; None where there is no such day.

    A year of two figures is the last such year. Day and month are swapped only where nothing
    else makes a date.
    """
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    if not month.isdigit():
        return None
    this_year = timezone.localdate().year
    full = int(year) if len(year) == 4 else this_year - (this_year - int(year)) % 100
    if not 1880 <= full <= this_year:
        return None
    for of_month, of_year in ((int(day), int(month)), (int(month), int(day))):
        try:
            return date(full, of_year, of_month)
        except ValueError:
            continue
    return None


def _take_numbers(text: str) -> tuple[str, tuple[str, ...]]:
    found = [digits(match[0]) for match in _FIGURES.finditer(text)]
    kept = tuple(number for number in found if len(number) >= _LIKELY_NUMBER)
    return _FIGURES.sub(" ", text) if found else text, kept[:3]


def _date(day: date) -> Term:
    pattern = f"% {date_key(day)} %"
    return Term(f"{day:%Y-%m-%d}", pattern, (pattern,))


def _number(figures: str) -> Term:
    patterns = [f"%{figures}%"]
    if len(figures) == 8:
        day = real_date(figures[:2], figures[2:4], figures[4:])
        patterns += [f"% {date_key(day)} %"] if day else []
    if len(figures) == 4 and figures[:2] in ("18", "19", "20"):
        patterns.append(f"% {year_key(figures)}%")
    return Term(figures, f"% {figures} %", tuple(patterns))


def _name(word: str) -> Term:
    strict = (f"% {word}%", *(f"% {form} %" for form in sorted(other_forms(word))))
    if len(word) < _HEARD_FROM or not word.isalpha():
        return Term(word, f"% {word} %", strict)
    heard = sound(word)
    return Term(word, f"% {word} %", strict, (f"% ={heard} %",) if heard else (), near=fold(word))
