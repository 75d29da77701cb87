"""What software sees of the list, the data, ways of working and the installation."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.assurance.ready.lines import Standing, in_place, missing, wrong
from openhiu.web.design.words import day, plural
from openhiu.web.directory.models import Listing
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.letters.models import Letterhead
from openhiu.web.monitoring.models import Feed
from openhiu.web.team.queries.care import settings_of

_A_MONTH = timedelta(days=45)  # monthly, with a fortnight for being late
ENTRIES = 20
_MOST = 0.9  # of a list; without a number nobody can be found safely


def _newest(service: Service) -> ReceivedList | None:
    rows = ReceivedList.objects.filter(service=service, state="released")
    found: ReceivedList | None = rows.order_by("-decided_at").first()
    return found


def monthly_list(service: Service) -> Standing:
    """A list was released within the last month and a half."""
    newest = _newest(service)
    if newest is None or newest.decided_at is None:
        return missing("No list has been received and released yet.")
    if newest.decided_at < timezone.now() - _A_MONTH:
        return wrong(f"The last list was released on {day(newest.decided_at)}.")
    return in_place(f"A list up to {day(newest.as_of)}, released on {day(newest.decided_at)}.")


def list_columns(service: Service) -> Standing:
    """Nine in ten of the newest released list have name, NHS number and telephone."""
    newest = _newest(service)
    if newest is None:
        return missing("No list has been received and released yet.")
    rows = Listed.objects.filter(received=newest, purged_at=None)
    every = rows.count()
    whole = rows.exclude(name="").exclude(nhs_number="").exclude(phone="").count()
    if not whole or whole < every * _MOST:
        return missing(f"{whole} of {every} on the newest list have name, NHS number and "
                       "telephone.")  # fmt: skip
    return in_place(f"{whole} of {plural(every, 'person', 'people')} with name, NHS number and "
                    "telephone.")  # fmt: skip


def activity(service: Service) -> Standing:
    """Activity was delivered lately."""
    found = Feed.objects.filter(service=service).order_by("-received_at").first()
    if found is None:
        return missing("No activity has been delivered yet.")
    stale = timedelta(days=settings.ACTIVITY_STALE_DAYS)
    if found.received_at < timezone.now() - stale:
        return wrong(f"The last delivery was on {day(found.received_at)}.")
    return in_place(f"Delivered on {day(found.received_at)}.")


def first_release(service: Service) -> Standing:
    """A list was released by somebody else than who uploaded it."""
    newest = _newest(service)
    if newest is None or newest.decided_by is None:
        return missing("No list has been released yet.")
    if newest.decided_by.user_id == newest.uploaded_by.user_id:
        return wrong("Whoever sent the newest list released it too.")
    return in_place(f"Released on {day(newest.decided_at)} by a second person.")


def out_of_hours(service: Service) -> Standing:
    """The words for nights and weekends are set."""
    link = reverse("access:settings")
    if not service.out_of_hours.strip():
        return missing("Nothing says who answers at night and at weekends.", link)
    return in_place("The words for nights and weekends are set.", link)


def lone_visits(service: Service) -> Standing:
    """What a buddy does when somebody is not back, and numbers to ring, are set."""
    found = settings_of(service)
    if not found.visit_words.strip() or not found.visit_phones.strip():
        return missing("What happens when somebody is not back, or whom to ring, is not set.")
    return in_place(f"Words and numbers are set; the buddy rings after "
                    f"{found.buddy_after_minutes} minutes.")  # fmt: skip


def registers(service: Service) -> Standing:
    """Somebody keeps the registers."""
    able = Membership.objects.filter(
        service=service, role__in=(Role.SUPERVISOR, Role.AUDITOR), ended_at=None,
        user__is_active=True,
    )  # fmt: skip
    held = resting.at_work(able).count()
    link = reverse("assurance:registers")
    if not held:
        return missing("Nobody keeps the registers.", link)
    return in_place(f"Kept by {plural(held, 'colleague')}; anybody here can note one.", link)


def directory(service: Service) -> Standing:
    """Enough services to connect people with."""
    number = Listing.objects.filter(service=service, ended_on=None).count()
    if number < ENTRIES:
        return missing(f"{number} of {ENTRIES} entries.")
    return in_place(f"{number} entries.")


def phone(service: Service) -> Standing:
    """The number that clients ring stands on letters."""
    found = Letterhead.objects.filter(service=service).first()
    if found is None or not found.phone:
        return missing("No number stands on letters.")
    return in_place("The number stands on letters.")


def opening(service: Service) -> Standing:
    """At least one day of the week is open."""
    days = len([one for one in service.opening if one])
    link = reverse("access:settings")
    if not days:
        return missing("No day of the week is open.", link)
    return in_place(f"Open on {plural(days, 'day')} of the week.", link)
