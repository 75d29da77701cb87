"""How like the published figures a simulated hospital is: services come in, both figures go out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.evaluate.choosing import Register, ranked
from bench.evaluate.simulator import NEVER, Service

# What is measured, the published figure, and where it is from.
PUBLISHED = {
    "attend once a year, of those who attend (%)": (73.5, "Greenfield 2020"),
    "3 or more (%)": (9.5, "Greenfield 2020"),
    "6 or more (%)": (1.2, "Greenfield 2020"),
    "10 or more (%)": (0.37, "Dr Foster 2017/18: 0.35 to 0.4"),
    "more than 20 (%)": (0.05, "NHS England 2018"),
    "share of attendances of 10 or more (%)": (4.0, "Dr Foster 2017/18"),
    "attendances a person": (1.47, "Greenfield 2020"),
    "10 or more again next year (%)": (40.0, "Christchurch 2004"),
    "4 or more again next year (%)": (30.0, "California 2017: 30.5"),
    "top 50: change in 3 months (%)": (-47.0, "design: Bristol, Denver lie around it"),
    "top 50: change in 6 months (%)": (-38.0, "Camden 2020, Moe 2017"),
    "top 50: change in 12 months (%)": (-33.0, "design"),
    "top 50: died within 12 months (%)": (5.9, "design: Addenbrooke's, British Columbia"),
}


def like_published(services: Sequence[Service]) -> dict[str, float]:
    """The same figures of simulated services, averaged."""
    found = [_one(service) for service in services]
    return {key: float(np.mean([one[key] for one in found])) for key in PUBLISHED}


def _one(service: Service) -> dict[str, float]:
    world = service.world
    last = service.edges[world.months_before]
    first, before = service.edges[world.months_before - 12], service.edges[world.months_before - 24]
    size = world.people
    now = np.bincount(service.person[(service.day >= first) & (service.day < last)], minlength=size)
    then = np.bincount(
        service.person[(service.day >= before) & (service.day < first)], minlength=size
    )
    there = now[now > 0]
    nobody = np.full(size, NEVER, np.int64)
    register = Register(service)
    month = world.months_before - 12
    top = ranked(service, register, month, nobody, 50)[0]
    place = np.searchsorted(register.who, top)
    change = {
        months: 100 * (_count(register, place, month + months, months)
                       / _count(register, place, month, months) - 1)
        for months in (3, 6, 12)
    }  # fmt: skip
    at = service.edges[month]
    values = (
        100 * np.mean(there == 1), 100 * np.mean(there >= 3), 100 * np.mean(there >= 6),
        100 * np.mean(there >= 10), 100 * np.mean(there > 20),
        100 * there[there >= 10].sum() / there.sum(), there.mean(),
        100 * np.mean(now[then >= 10] >= 10), 100 * np.mean(now[then >= 4] >= 4),
        change[3], change[6], change[12], 100 * np.mean(service.died[top] < at + 365),
    )  # fmt: skip
    return dict(zip(PUBLISHED, (float(v) for v in values), strict=True))


def _count(register: Register, place: np.ndarray, month: int, months: int) -> int:
    return int(register.last(month, months)[place].sum())
