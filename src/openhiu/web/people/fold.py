"""Names and numbers as search and matching see them: any spelling in, one plain form out.

Diacritics, case, apostrophes and spacing go; what is typed and what is stored are folded alike.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS: Final = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss",
    "\u0131": "i", **dict.fromkeys("'`\u00b4\u2018\u2019\u02bb\u02bc"),
})  # fmt: skip
# The same for plain letters: what is neither letter nor figure parts words, apostrophes do not.
_PLAIN: Final = {
    code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()
}
# Letters that are heard alike share a figure; vowels, h, w and y are not kept.
_HEARD: Final = {
    letter: figure
    for figure, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), start=1)
    for letter in letters
}
_SILENT: Final = ((r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^mac|^mc", "mk"), (r"gh(?=t|$)", ""),
                  (r"ph", "f"), (r"tch", "ch"))  # fmt: skip
_FIGURES: Final = str.maketrans("0123456789", "abcdefghij")
_SOUND_LENGTH: Final = 6


def fold(text: str) -> str:
    """Lower case, plain letters and figures, single spaces: "Siân O'Brien" is "sian obrien"."""
    if text.isascii():  # most names, and many at once: the same in fewer steps
        return " ".join(text.lower().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def words(text: str) -> list[str]:
    """The folded words of a name; a double-barrelled one is there in parts and as one."""
    parts = fold(text).split()
    joined = [fold(word).replace(" ", "") for word in text.split() if "-" in word]
    return list(dict.fromkeys([*parts, *(word for word in joined if word)]))


def tidy(text: str) -> str:
    """A name as it is kept: composed letters, no stray or doubled spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digits(text: str) -> str:
    """The figures of a telephone number; +44 and 0044 become 0."""
    figures = re.sub(r"[^0-9]", "", text.replace("(0)", ""))
    if text.strip().startswith("+44") or figures.startswith("0044"):
        return "0" + figures.removeprefix("00").removeprefix("44").lstrip("0")
    return figures


def sound(word: str) -> str:
    """How a word is heard, as at most six figures; empty for words too short to say much.

    "Catherine" and "Kathryn" are alike, "Smith" and "Smythe", "Geoffrey" and "Jeffery".
    """
    heard = fold(word).replace(" ", "")
    for pattern, instead in _SILENT:
        heard = re.sub(pattern, instead, heard)
    figures, last = "", 0
    for letter in heard:
        figure = _HEARD.get(letter, 0)
        if figure and figure != last:
            figures += str(figure)
        if letter not in "hw":  # these do not part two equal sounds
            last = figure
    return figures[:_SOUND_LENGTH] if len(figures) > 1 else ""


def date_key(day: date) -> str:
    """A date in letters, so that looking for digits of a telephone does not find birthdays."""
    return "=d" + f"{day:%Y%m%d}".translate(_FIGURES)


def year_key(year: str) -> str:
    """The beginning of `date_key` for four figures of a year."""
    return "=d" + year.translate(_FIGURES)
