"""Two publications beside each other: what was told before and what is to be told now come in; what
would give away the few people in between goes out.
"""

from __future__ import annotations

from collections.abc import Mapping

from openhiu.disclosure.counts import ROUND_TO, SMALLEST_SHOWN


def too_close(now: Mapping[str, int | str], then: Mapping[str, int | str]) -> tuple[str, ...]:
    """The names of counts of people, to the nearest 5, of which the exact ones may differ from the
    last published ones by 1 to 7: rounding moves two counts apart or together by up to 5.

    What stands on them (the count, its observed and expected numbers) is to be repeated from the
    last publication, not told anew, until 8 people lie in between for certain.
    """
    return tuple(
        name
        for name, count in now.items()
        if isinstance(count, int)
        and isinstance(before := then.get(name), int)
        and abs(count - before) < SMALLEST_SHOWN + ROUND_TO
    )
