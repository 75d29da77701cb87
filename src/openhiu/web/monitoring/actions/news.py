"""Looking whether a service's store has news: its newest commit and the caseload come in; where
either changed, the activity is counted again and taken in.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from openhiu.web.access.announce import announce
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.design import words
from openhiu.web.monitoring import caseload, rerun
from openhiu.web.monitoring.actions.feed import hand_over_caseload, receive
from openhiu.web.monitoring.clock import Clock
from openhiu.web.monitoring.faults import NotUsable, SentBefore
from openhiu.web.monitoring.models import StoreLook
from openhiu.web.monitoring.reading import read_delivery
from openhiu.web.monitoring.telling import deliverers
from openhiu.web.monitoring.watched import tomorrow

# A store makes one small file here for each change (docs/reference/store.md); the newest name tells
# whether there is anything to read.
_COMMITS: Final = "commits"
_TRY_AGAIN: Final = timedelta(hours=1)
AS_IT_WAS, NOTHING_SENT = "as it was", "nothing to count yet"


def look_for_news(service: Service) -> str:
    """One look at one service's store; what came of it, in a few words without a person in them.

    Costs a folder listing and two queries where nothing changed. A store that cannot be counted is
    tried again after an hour, or when it changes.
    """
    by = Clock(service)
    with transaction.atomic():
        set_service(service.pk)
        mark = _mark(by)
        if not mark:
            return NOTHING_SENT
        if _seen(by, mark):
            return AS_IT_WAS
        try:
            given = hand_over_caseload(by=by)
        except NotAllowed as why:
            uncovered = str(why)
        else:
            uncovered = ""
    if uncovered:
        return _note(by, mark, uncovered)
    try:
        files = rerun.run(service.store, given, tomorrow(words.today()))
        return _take_in(by, mark, files)
    except SentBefore:
        return _nothing_new(by, mark)
    except NotUsable as why:
        return _note(by, mark, "; ".join(fault.sentence for fault in why.faults))


def _take_in(by: Clock, mark: str, files: dict[str, bytes]) -> str:
    with transaction.atomic():
        set_service(by.service_id)
        feed = receive(by=by, delivery=read_delivery(files), way="run")
        _keep(by, mark, "")
    return f"{feed.new_rows} new, {feed.changed_rows} corrected, {feed.gone_rows} taken back"


def _nothing_new(by: Clock, mark: str) -> str:
    """A change of the store that touched no client."""
    with transaction.atomic():
        set_service(by.service_id)
        _keep(by, mark, "")
    return AS_IT_WAS


def _note(by: Clock, mark: str, trouble: str) -> str:
    """Why there was no feed; whoever delivers hears of it once."""
    with transaction.atomic():
        set_service(by.service_id)
        known = StoreLook.objects.filter(service=by.service_id).exclude(trouble="").exists()
        _keep(by, mark, trouble)
        if not known:
            for member in deliverers(by.service):
                _tell(member)
    return "could not be counted"


def _tell(member: Membership) -> None:
    announce(to=member, words="The activity store could not be counted. Please have a look.",
             link=reverse("monitoring:feeds"))  # fmt: skip


def _mark(by: Clock) -> str:
    """What the store and the caseload are now; nothing while the store is empty or not there."""
    try:
        commits = sorted(path.stem for path in (Path(by.service.store) / _COMMITS).glob("[0-9]*"))
    except OSError:
        return ""
    people = caseload.rows(by, caseload.clients(by))
    if not commits or not people:
        return ""
    return f"{commits[-1]}:{salted_hmac('caseload', repr(people)).hexdigest()[:16]}"


def _seen(by: Clock, mark: str) -> bool:
    last = StoreLook.objects.filter(service=by.service_id).first()
    if last is None or last.commit != mark:
        return False
    return not last.trouble or timezone.now() - last.looked_at < _TRY_AGAIN


def _keep(by: Clock, mark: str, trouble: str) -> None:
    StoreLook.objects.update_or_create(
        service=by.service,
        defaults={"commit": mark, "looked_at": timezone.now(), "trouble": trouble[:300]},
    )
