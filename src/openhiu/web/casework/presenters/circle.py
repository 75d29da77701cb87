"""Drawing a circle of support: names and rings come in; boxes that do not lie on each other go out.

Lengths are units of a picture 720 wide, and as high as the names need. Nothing here knows who the
names belong to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

SIDE: Final = 720.0
MIDDLE: Final = SIDE / 2
RADII: Final = {1: 165.0, 2: 252.0, 3: 322.0}
HEART: Final = 78.0  # the client's own circle
LETTER: Final = 13.2  # the width of a letter, of one in bold, and the height of a line
BOLD: Final = 14.4
LINE: Final = 30.0
SIZE: Final = 26  # of letters
_LONGEST: Final = (15, 18, 21)  # letters in a line: the first with which a text is not cut
_LINES: Final = 3
# How much higher than wide the picture may grow until nothing lies on anything else.
_STRETCHED: Final = (1.0, 1.15, 1.3, 1.45, 1.6)
_PAD: Final = 11.0
_GAP: Final = 8.0
# Where the first of each ring is wished, in degrees: the corners of a square have most room.
_FIRST: Final = {1: -135, 2: -90, 3: -45}
_STEP: Final = 4  # degrees between the places that are tried


@dataclass(frozen=True)
class Box:
    """One name: lines of text in a box with its middle at x and y; `kind` is how it is drawn.

    The first `named` lines are the name, the others say who it is.
    """

    lines: tuple[str, ...]
    named: int
    kind: str
    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """Its left side."""
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        """Its upper side."""
        return round(self.y - self.height / 2, 1)

    @property
    def texts(self) -> list[tuple[str, float, bool]]:
        """Each line, where its letters stand, and whether it is the name."""
        first = self.y - (len(self.lines) - 1) * LINE / 2 + SIZE * 0.36
        return [
            (line, round(first + n * LINE, 1), n < self.named) for n, line in enumerate(self.lines)
        ]

    def overlap(self, other: Box) -> float:
        """How much of two boxes lies upon each other, a small gap counted in."""
        wide = (self.width + other.width) / 2 + _GAP - abs(self.x - other.x)
        high = (self.height + other.height) / 2 + _GAP - abs(self.y - other.y)
        return wide * high if wide > 0 and high > 0 else 0.0


@dataclass(frozen=True)
class Picture:
    """The whole picture: the middle, the rings that are used, and the boxes."""

    middle: tuple[str, ...]
    middle_size: float
    rings: tuple[float, ...]
    boxes: tuple[Box, ...]
    height: float = SIDE
    side: float = SIDE
    centre: float = MIDDLE
    heart: float = HEART

    @property
    def ellipses(self) -> list[tuple[float, float]]:
        """The rings, as far as they reach to the side and upwards."""
        return [(ring, round(ring * self.height / self.side, 1)) for ring in self.rings]

    @property
    def half(self) -> float:
        """How far down the middle is."""
        return self.height / 2

    @property
    def middle_texts(self) -> list[tuple[str, float]]:
        """The lines of the middle with where they stand."""
        height = self.middle_size * 1.1
        first = self.half - (len(self.middle) - 1) * height / 2 + self.middle_size * 0.34
        return [(line, round(first + n * height, 1)) for n, line in enumerate(self.middle)]


def draw(called: str, names: Sequence[tuple[str, str, int, str]]) -> Picture:
    """Place every name on its ring.

    Args:
        called: what stands in the middle.
        names: name, a few words under it (may be empty), ring 1 to 3, and how it is drawn.
    """
    middle = _wrap(called, 9, 2)
    longest = max(map(len, middle))
    size = min(40.0, HEART * 1.8 / (longest * 0.56))
    rings = tuple(RADII[ring] for ring in sorted({one[2] for one in names}))
    for stretched in _STRETCHED:
        boxes = _placed(names, SIDE * stretched)
        if not any(one.overlap(two) for one, two in combinations(boxes, 2)):
            break
    return Picture(middle, round(size, 1), rings, tuple(boxes[1:]), round(SIDE * stretched, 1))


def _placed(names: Sequence[tuple[str, str, int, str]], height: float) -> list[Box]:
    """The client's own circle, and every name in a picture so high."""
    placed = [Box((), 0, "", MIDDLE, height / 2, HEART * 2, HEART * 2)]
    for ring in sorted(RADII):
        here = [one for one in names if one[2] == ring]
        for n, (name, words, _, kind) in enumerate(here):
            ideal = _FIRST[ring] + n * 360 / len(here)
            tried = [
                _box(_lines(name, words), kind, RADII[ring], ideal + turn, height)
                for turn in _turns()
            ]
            placed.append(_best(tried, placed))
    return placed


def _best(tried: Sequence[Box], placed: Sequence[Box]) -> Box:
    """The place with least lying on others, as near to the ideal one as can be."""
    cost = [sum(box.overlap(other) for other in placed) for box in tried]
    return tried[min(range(len(tried)), key=lambda n: (round(cost[n]), n))]


def _turns() -> list[int]:
    """0, 4, -4, 8, -8 ... up to half a circle."""
    return [0, *(side * turn for turn in range(_STEP, 181, _STEP) for side in (1, -1))]


def _box(
    told: tuple[tuple[str, ...], int], kind: str, radius: float, degrees: float, picture: float
) -> Box:
    lines, named = told
    wide = [len(line) * (BOLD if n < named else LETTER) for n, line in enumerate(lines)]
    width = max(wide) + 2 * _PAD
    height = len(lines) * LINE + 2 * _PAD - 6
    angle = math.radians(degrees)
    x = _inside(MIDDLE + radius * math.cos(angle), width, SIDE)
    y = _inside((MIDDLE + radius * math.sin(angle)) * picture / SIDE, height, picture)
    return Box(lines, named, kind, x, y, round(width, 1), round(height, 1))


def _inside(at: float, size: float, room: float) -> float:
    """Moved inwards as far as needed to be wholly in the picture."""
    return round(min(max(at, size / 2 + 4), room - size / 2 - 4), 1)


def _lines(name: str, words: str) -> tuple[tuple[str, ...], int]:
    """A name in at most three lines, and who they are in as many; how many are the name."""
    lines = _told(name)
    return ((*lines, *_told(words)) if words else lines), len(lines)


def _told(text: str) -> tuple[str, ...]:
    """A text in lines as short as hold the whole of it; cut only where none would."""
    tried = [_wrap(text, longest, _LINES) for longest in _LONGEST]
    return next((one for one in tried if not one[-1].endswith("\u2026")), tried[-1])


def _wrap(text: str, longest: int, most: int) -> tuple[str, ...]:
    """Words in lines, a long one divided; what is too long for them all ends in three dots."""
    lines: list[str] = []
    for part in _parts(text, longest):
        if lines and len(lines[-1]) + 1 + len(part) <= longest:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: longest - 1]}\u2026"]
    return tuple(lines)


def _parts(text: str, longest: int) -> Iterator[str]:
    """Words that fit into a line: a longer one is divided, where it can be at its own hyphen."""
    for word in text.split() or ["?"]:
        rest = word
        while len(rest) > longest:
            at = rest.rfind("-", 1, longest) + 1
            yield rest[:at] if at else f"{rest[: longest - 1]}-"
            rest = rest[at or longest - 1 :]
        yield rest
