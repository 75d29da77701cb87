"""The corrected estimate: one site's rows and the counts of one outcome come in; observed over
expected with its interval goes out. Sites are pooled from sums in which there is no person.

The interval is person-level (evaluation plan, step 8): what clients add by chance, and what every
person of the earlier lists adds to the expectation, one person left out at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.answer import Estimate, Sums
from openhiu.evaluate.before_after import BeforeAfter, before_after
from openhiu.evaluate.expected import Expected, features, learn
from openhiu.evaluate.interval import (
    NOTHING,
    Interval,
    Standing,
    detectable,
    interval,
    judge,
    people_needed,
)
from openhiu.evaluate.plan import (
    CLUSTER_FROM_SITES,
    OLD_HISTORY_DAYS,
    W3,
    W12,
    WORTH_HAVING,
    Window,
)
from openhiu.evaluate.rows import Rows, day_number

__all__ = ["W3", "W12", "Estimate", "Standing", "Sums", "Window", "estimate", "pool"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def estimate(
    rows: Rows, counts: Floats, before: Floats, window: Window, *,
    among: Bools | None = None, fitted: Expected | None = None,
) -> Estimate:  # fmt: skip
    """Observed over expected for one site.

    `counts` (n, 4) by segment and `before` (n, 2) may be weighted (money), and are nan where
    nothing is known: clients of whom something is not known are left out. `among` (n) narrows the
    clients to a group; comparison people stay all. `fitted`: regressions already learnt of the
    same counts, which saves learning them again.
    """
    known = np.isfinite(counts[:, : window.segments]).all(axis=1)
    clients = finished(rows, window, among) & known
    seen = counts[clients, : window.segments]
    earlier = before[clients, window.before]
    plain = Sums(n=int(clients.sum()), y=float(seen.sum()), b=float(earlier.sum()),
                 yy=_square(seen.sum(axis=1)), yb=float(seen.sum(axis=1) @ earlier),
                 bb=_square(earlier))  # fmt: skip
    if not plain.n:
        started = rows.client if among is None else rows.client & among
        standing = Standing.NO_FOLLOW_UP if started.any() else Standing.NO_CLIENTS
        return Estimate(window, (rows.site,), 0, standing)
    fitted = learn(rows, counts, window.segments) if fitted is None else fitted
    notes = _age_of_history(rows, clients)
    if not fitted.reaches(window.segments) or too_old(rows, clients, window):
        return _without_history(rows, window, plain, notes)
    mu = fitted.mu(rows, clients)[:, : window.segments]
    theirs, rest = _influence(rows, clients, mu, fitted)
    sums = _add_expected(plain, seen.sum(axis=1), mu.sum(axis=1), theirs, rest)
    return _state(
        window, (rows.site,), (sums,), notes=notes, borrowed=fitted.borrowed,
        client_index=np.flatnonzero(clients), client_y=seen.sum(axis=1),
        client_mu=mu.sum(axis=1), expected_by_segment=mu,
    )  # fmt: skip


def pool(estimates: Sequence[Estimate]) -> Estimate:
    """One estimate of several sites, from their sums only. Sites without history are left out and
    named in `left_out`; their clients are not in `people`.
    """
    window = estimates[0].window
    usable = [e for e in estimates if e.standing not in NOTHING]
    out = tuple(site for e in estimates if e.standing is Standing.NO_HISTORY for site in e.sites)
    if not usable:
        return _pool_of_nothing(window, estimates, out)
    notes = tuple(dict.fromkeys(note for e in usable for note in e.notes))
    return _state(
        window, tuple(site for e in usable for site in e.sites),
        tuple(sums for e in usable for sums in e.sums),
        notes=notes, borrowed=any(e.borrowed for e in usable), left_out=out,
    )  # fmt: skip


def finished(rows: Rows, window: Window, among: Bools | None = None) -> Bools:
    """The clients whose window was complete at the cut: no partial windows."""
    done = rows.client & (rows.index + window.days <= day_number(rows.cut))
    return np.asarray(done if among is None else done & among)


def from_parts(
    window: Window, rows: Rows, clients: Bools, *, seen: Floats, earlier: Floats, mu: Floats,
    theirs: Floats, rest: float,
) -> Estimate:  # fmt: skip
    """The same interval for an expectation made another way (the natural-change table)."""
    plain = Sums(n=len(seen), y=float(seen.sum()), b=float(earlier.sum()), yy=_square(seen),
                 yb=float(seen @ earlier), bb=_square(earlier))  # fmt: skip
    sums = _add_expected(plain, seen, mu, theirs, rest)
    return _state(window, (rows.site,), (sums,), notes=_age_of_history(rows, clients),
                  client_index=np.flatnonzero(clients), client_y=seen, client_mu=mu)  # fmt: skip


def _influence(
    rows: Rows, clients: Bools, mu: Floats, fitted: Expected
) -> tuple[Floats, float]:  # fmt: skip
    """What each client's own earlier rows add to the expected total, and the sum of squares of
    what all others add.
    """
    design = features(rows, clients, has_flag=fitted.has_flag)
    known = [segment for segment in fitted.segments[: mu.shape[1]] if segment is not None]
    size = 1 + max(int(segment.people.max()) for segment in known)
    added = np.zeros(max(size, int(rows.person.max()) + 1))
    for number, segment in enumerate(known):
        added[segment.people] += segment.shift @ (mu[:, number] @ design)
    if fitted.borrowed:
        return np.zeros(len(mu)), _square(added)
    who = rows.person[clients]
    theirs = added[who]
    added[who] = 0.0
    return theirs, _square(added)


def _add_expected(
    plain: Sums, seen: Floats, mu: Floats, theirs: Floats, rest: float
) -> Sums:  # fmt: skip
    both = mu + theirs
    return plain + Sums(m=float(mu.sum()), mm=_square(mu), yh=float(seen @ both),
                        hh=_square(both), rest=rest)  # fmt: skip


def _state(
    window: Window, sites: tuple[str, ...], parts: tuple[Sums, ...], *,
    left_out: tuple[str, ...] = (), notes: tuple[str, ...] = (), borrowed: bool = False,
    **arrays: NDArray[np.generic],
) -> Estimate:  # fmt: skip
    sums = sum(parts, Sums())
    standing = judge(sums.n, sums.m)
    places = [(part.y, part.m) for part in parts] if _enough_sites(parts) else []
    variance = partial(_variance, sums)
    found = interval(sums.n, sums.y, sums.m, sums.mm, variance, places)
    numbers = _numbers(standing, sums, found)
    return Estimate(
        window, sites, sums.n, standing, observed=sums.y, before=_known(sums.b),
        people_needed=people_needed(WORTH_HAVING, found.raw if found else None, sums.n),
        left_out=left_out, notes=notes, borrowed=borrowed, sums=parts,
        **_pack(sums), **numbers, **arrays,  # type: ignore[arg-type]
    )  # fmt: skip


def _enough_sites(parts: tuple[Sums, ...]) -> bool:
    return sum(part.n > 0 for part in parts) >= CLUSTER_FROM_SITES


def _variance(sums: Sums, ratio: float) -> float:
    """V of step 8: clients' and comparison people's squared contributions at a ratio."""
    clients = sums.yy - 2 * ratio * sums.yh + ratio**2 * sums.hh
    return (clients + ratio**2 * sums.rest) * sums.n / max(sums.n - 1, 1)


def _numbers(standing: Standing, sums: Sums, found: Interval | None) -> dict[str, object]:
    """What the standing lets be said: nothing, a range, or an estimate."""
    if standing is Standing.TOO_FEW or found is None:
        return {}
    low, high = found.low, found.high
    limits: dict[str, object] = {
        "expected": sums.m, "low": low, "high": high,
        "reduction_low": 100 * (1 - high), "reduction_high": _fall(low),
        "natural_change": 100 * (1 - sums.m / sums.b) if sums.b > 0 else None,
        "se": found.se, "n_eff": found.n_eff, "clustered": found.clustered,
        "detectable": detectable(found),
    }  # fmt: skip
    if standing is Standing.RANGE_ONLY:
        return limits
    ratio = sums.y / sums.m
    return {
        **limits, "ratio": ratio, "reduction": 100 * (1 - ratio), "avoided": sums.m - sums.y,
        "avoided_low": sums.m * (1 - high),
        "avoided_high": None if low is None else sums.m * (1 - low), "p_value": found.p_value,
    }  # fmt: skip


def _fall(ratio: float | None) -> float | None:
    return None if ratio is None else 100 * (1 - ratio)


def _pack(sums: Sums) -> dict[str, object]:
    """The resource-pack figure and its own naive interval."""
    plain: BeforeAfter = before_after(sums.n, sums.y, sums.b, sums.yy, sums.yb, sums.bb)
    return {"resource_pack": plain.fall, "resource_pack_interval": plain.interval}


def _without_history(
    rows: Rows, window: Window, plain: Sums, notes: tuple[str, ...]
) -> Estimate:  # fmt: skip
    """Clients there are, but nobody to expect anything from: only the plain figure may stand."""
    return Estimate(
        window,
        (rows.site,),
        plain.n,
        Standing.NO_HISTORY,
        observed=plain.y,
        before=_known(plain.b),
        notes=notes,
        sums=(plain,),
        **_pack(plain),  # type: ignore[arg-type]
    )


def _pool_of_nothing(
    window: Window, estimates: Sequence[Estimate], out: tuple[str, ...]
) -> Estimate:  # fmt: skip
    sites = tuple(site for e in estimates for site in e.sites)
    if out:
        sums = sum((part for e in estimates for part in e.sums), Sums())
        return Estimate(
            window,
            sites,
            sums.n,
            Standing.NO_HISTORY,
            observed=sums.y,
            before=_known(sums.b),
            left_out=out,
            sums=(sums,),
            **_pack(sums),  # type: ignore[arg-type]
        )
    waiting = any(e.standing is Standing.NO_FOLLOW_UP for e in estimates)
    return Estimate(window, sites, 0, Standing.NO_FOLLOW_UP if waiting else Standing.NO_CLIENTS)


def too_old(rows: Rows, clients: Bools, window: Window) -> bool:
    """Whether the earlier lists are too old for a window this long (step 10 of the plan)."""
    return bool(_age_of_history(rows, clients)) and window.segments > W3.segments


def _age_of_history(rows: Rows, clients: Bools) -> tuple[str, ...]:
    newest = int(rows.index[clients].max(initial=0))
    old = newest - day_number(rows.service_start) > OLD_HISTORY_DAYS
    return ("old_history",) if old else ()


def _known(value: float) -> float | None:
    """None where some of it lies before the data begin (nan)."""
    return None if np.isnan(value) else value


def _square(values: Floats) -> float:
    return float(values @ values)
