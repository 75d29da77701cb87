"""The analyst's store, where the service has one of its own: it forgets with the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from uuid import UUID

from openhiu import programme
from openhiu.errors import HiuError, RefusedByPolicy
from openhiu.programme import Whose
from openhiu.web.access.models import Service
from openhiu.web.people.models import OtherName, Person

Key = tuple[str, str]  # who issued a number of somebody, and the number


def whose_numbers(
    service_id: UUID, records: Collection[UUID], numbers: Collection[str]
) -> dict[str, Whose]:
    """Names and dates of birth under which somebody is known here, by each NHS number."""
    here = {"service": service_id}
    people = list(Person.objects.filter(**here, pk__in=records))
    names = {f"{one.given_name} {one.family_name}" for one in people}
    names |= {f"{one.preferred_name} {one.family_name}" for one in people if one.preferred_name}
    names |= {*OtherName.objects.filter(**here, person__in=records).values_list("name", flat=True)}
    births = frozenset(one.birth_date for one in people if one.birth_date)
    return dict.fromkeys(numbers, Whose(frozenset(names), births))


def forget_in_store(service: Service, keys: Collection[Key], known: Mapping[str, Whose]) -> str:
    """Forget the person in the service's store, and say what was done; doing it twice is no harm.

    `known` says whose their NHS numbers are: somebody else who has one there by mistake stays.
    Raises HiuError where the store is there and cannot be written, or their numbers lead to more
    than one person in it, or nobody can tell to whom.
    """
    if not service.store:
        return (
            "The service has no store of its own here. The analyst of the hospital forgets them "
            "with hiu forget, from the file for that purpose."
        )
    if not keys:
        return "The record had no identifier that the analyst's store could know."
    told = programme.forget_people(Path(service.store), keys, known=known)
    others = (
        f" {told.not_followed} of their NHS numbers stand there with somebody who has another name "
        "and date of birth, who stays."
    )
    return (
        f"In the analyst's store {told.people} rows about people were removed, and "
        f"{told.activity} rows of activity no longer lead to anybody."
    ) + (others if told.not_followed else "")


def forget_if_there(service: Service, keys: Collection[Key], known: Mapping[str, Whose]) -> str:
    """The same after a restore, where the store's folder may be on a machine that is lost."""
    try:
        return forget_in_store(service, keys, known)
    except RefusedByPolicy:
        return (
            "In the service's store their numbers lead to more than one person, or to another one: "
            "nobody was forgotten there. Its analyst looks whose rows they are, and uses "
            "hiu forget."
        )
    except (HiuError, OSError):
        return (
            "The service's store could not be opened after the restore. If it is brought back too, "
            "its analyst forgets them there with hiu forget."
        )


def left_alone(_service: Service, _keys: Collection[Key], _known: Mapping[str, Whose]) -> str:
    """In a drill: the store is the one people work with."""
    return ""
