"""The store as the rest of the house knows it: stages and facts come in; totals, the activity and
a digest of what is true go out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from openhiu.extract.store import (
    durable,
    forgetting,
    garbage,
    layout,
    refusing,
    submissions,
    truth,
    whom,
)
from openhiu.extract.store.commits import Commit, Written, newest, without_people
from openhiu.extract.store.facts import ControlTotal, Manifest, SubmissionFacts, as_json
from openhiu.extract.store.forgetting import Forgotten
from openhiu.extract.store.lock import writing
from openhiu.extract.store.prepare import Preparation, Prepared, Submissions
from openhiu.extract.store.shape import Shape
from openhiu.extract.store.stage import Stage
from openhiu.extract.store.whose import Whose
from openhiu.tables.activity import TABLES
from openhiu.tables.handover import Activity


class Store:
    """A folder that holds activity. Make one with `Store.create` or `Store.open`.

    `on_wait` is called once when another writer has kept this one waiting for a second;
    `memory_limit` (such as "2GB") bounds the engine that prepares the files.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_wait: Callable[[], None] | None = None,
        memory_limit: str | None = None,
    ) -> None:
        self.path = path
        self._on_wait = on_wait
        self._memory_limit = memory_limit

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        on_wait: Callable[[], None] | None = None,
        memory_limit: str | None = None,
    ) -> Store:
        """Make a store in a new or empty folder; one that is there already is opened.

        Raises ConfigurationFault for a folder that holds something else.
        """
        if not (path / layout.MARKER).exists():
            refusing.refuse_strangers(path)
            with durable.disk_faults():
                durable.ensure_folder(path.absolute())
                durable.write_bytes(path / layout.MARKER, as_json({"format": layout.FORMAT}))
        return cls.open(path, on_wait=on_wait, memory_limit=memory_limit)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        on_wait: Callable[[], None] | None = None,
        memory_limit: str | None = None,
    ) -> Store:
        """Open a store. InputNotUsable when it is none, ConfigurationFault when it is too new."""
        refusing.check_format(path)
        return cls(path, on_wait=on_wait, memory_limit=memory_limit)

    def submission_id(self, dataset: str, sha256: str, mapping_digest: str) -> str:
        """The name of a submission: the same bytes read in the same way are the same one."""
        return _identifier(dataset, sha256, mapping_digest)

    def knows(self, identifier: str) -> Manifest | None:
        """What is known of a submission that is in the store."""
        entry = self._newest().entry(identifier)
        return submissions.read_manifest(self.path, entry) if entry else None

    def stage(self, dataset: str, identifier: str) -> Stage:
        """A place to write accepted rows; they count when `commit` has taken them."""
        target = self.path / layout.submission(dataset, identifier)
        return Stage(Shape(TABLES[dataset]), identifier, target)

    def commit(self, stage: Stage, facts: SubmissionFacts) -> ControlTotal:
        """Make the staged rows part of the store, or leave the store as it was.

        Returns what became of every row read. A submission that another writer committed in the
        meantime changes nothing: its rows are duplicates, and the stage is `known`.
        """
        refusing.check_counts(stage, facts)
        try:
            stage.finish()
            with self._writing():
                before = self._newest()
                if before.entry(stage.id):
                    stage.known = True
                    return _total(facts, {"duplicate": stage.rows})
                return self._commit(before, stage, facts)
        finally:
            stage.abort()

    def activity(self) -> Activity:
        """What is true now, as files."""
        commit = self._newest()
        manifests = [submissions.read_manifest(self.path, entry) for entry in commit.submissions]
        return truth.activity(self.path, commit, manifests)

    def monthly_volumes(self, dataset: str) -> Mapping[str, Mapping[str, int]]:
        """Rows that are true now, by provider and month (`YYYY-MM`)."""
        return self._newest().volumes(dataset)

    def state_digest(self) -> str:
        """A hash of what is true now, whatever the order in which it came and stands."""
        return truth.digest(self.path, self._newest())

    def rebuild(self) -> None:
        """Prepare everything again from the submissions alone, after checking each of them.

        Raises InputNotUsable when a submission is not as it was written.
        """
        with self._writing():
            before = self._newest()
            after = Commit(before.number + 1, before.submissions)
            for dataset in sorted({entry.dataset for entry in before.submissions}):
                arriving = submissions.load(self.path, before.of(dataset))
                prepared = self._prepare(after, dataset, arriving, arriving)
                after = _with(after, dataset, prepared)
            self._publish(after)

    def purge_people(self) -> None:
        """Remove everything about people; activity stays as it is."""
        with self._writing():
            before = self._newest()
            self._publish(replace(without_people(before), number=before.number + 1))
            garbage.purge(self.path)

    def forget(
        self,
        keys: Collection[str | whom.Key],
        *,
        activity: bool = True,
        known: Mapping[str, Whose] | None = None,
    ) -> Forgotten:
        """Take people out for good: their rows in `people/`, and their key from activity.

        Submissions that name them are written anew under a new name, and what was there is removed
        at once, whoever reads it. Forgetting twice does no harm, and finishes what was cut short.

        Args:
            keys: numbers with who issued them (whom.Key), or exactly what the store calls somebody.
            activity: also let their activity lead to nobody; else it keeps their key.
            known: names and dates of birth of whoever has an NHS number; compared where given.

        Raises RefusedByPolicy where numbers lead to more than one person; nothing was changed.
        """
        with self._writing():
            before = self._newest()
            if not before.number:
                return Forgotten()
            issued = {("", key) if isinstance(key, str) else key for key in keys}
            wanted = whom.find(self.path, before, issued, known)
            told = self._forget(before, wanted, activity)
            garbage.only_newest(self.path)
            return replace(told, not_followed=wanted.not_followed)

    def _forget(self, before: Commit, wanted: whom.Whom, activity: bool) -> Forgotten:
        looked = before if activity else replace(before, submissions=before.of(layout.PEOPLE))
        entries, told = forgetting.without(self.path, looked, wanted)
        if not told.submissions:
            return told
        named = {forgetting.received_as(entry.id): entry for entry in entries}
        submitted = tuple(
            named.get(forgetting.received_as(entry.id), entry) for entry in before.submissions
        )
        number = before.number + 1
        if told.activity:
            after = Commit(number, submitted)
        else:
            after = replace(without_people(before), number=number, submissions=submitted)
        for dataset in sorted({entry.dataset for entry in submitted}):
            if told.activity or dataset == layout.PEOPLE:
                arriving = submissions.load(self.path, after.of(dataset))
                after = _with(after, dataset, self._prepare(after, dataset, arriving, arriving))
        self._publish(after)
        return told

    def _commit(self, before: Commit, stage: Stage, facts: SubmissionFacts) -> ControlTotal:
        manifest = submissions.describe(stage, facts)
        replacing = [entry for entry in before.of(stage.dataset) if entry.replaces]
        replacements = submissions.load(self.path, replacing)
        arriving = [(manifest, stage.path)]
        after = replace(before, number=before.number + 1)
        prepared = self._prepare(
            after, stage.dataset, arriving, [*replacements, *(arriving if facts.replaces else [])]
        )
        total = _total(facts, prepared.outcomes)
        entry = submissions.publish(self.path, stage, replace(manifest, total=total))
        after = _with(after, stage.dataset, prepared)
        self._publish(replace(after, submissions=(*before.submissions, entry)))
        return total

    def _prepare(
        self, before: Commit, dataset: str, arriving: Submissions, replacements: Submissions
    ) -> Prepared:
        return Preparation(
            root=self.path,
            shape=Shape(TABLES[dataset]),
            generation=before.number,
            before=before,
            arriving=arriving,
            replacements=[pair for pair in replacements if pair[0].facts.replaces],
            memory_limit=self._memory_limit,
        ).run()

    def _publish(self, commit: Commit) -> None:
        durable.write_bytes(self.path / layout.commit(commit.number), commit.to_json())

    def _newest(self) -> Commit:
        """What is true now, without people whose folder somebody took away."""
        commit = newest(self.path)
        paths = [path for entry in commit.of(layout.PEOPLE) for path in entry.paths]
        taken_away = paths and not any((self.path / path).exists() for path in paths)
        return without_people(commit) if taken_away else commit

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The right to write, in a store swept of what earlier writers left."""
        with durable.disk_faults(), writing(self.path / layout.LOCK, self._on_wait):
            garbage.sweep(self.path)
            yield


def _identifier(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def _total(facts: SubmissionFacts, outcomes: Mapping[str, int]) -> ControlTotal:
    return ControlTotal(
        read=facts.read,
        accepted=outcomes.get("accepted", 0),
        superseded=outcomes.get("superseded", 0),
        duplicate=outcomes.get("duplicate", 0),
        rejected=facts.rejected,
    )


def _with(commit: Commit, dataset: str, prepared: Prepared) -> Commit:
    months = {**commit.prepared, dataset: prepared.months}
    gone = {name: file for name, file in commit.gone.items() if name != dataset}
    if prepared.gone:
        gone[dataset] = prepared.gone
    return replace(
        commit, prepared=months, gone=gone, persons=prepared.persons, cut_off=_cut_off(months)
    )


def _cut_off(prepared: Mapping[str, tuple[Written, ...]]) -> datetime | None:
    """The latest arrival or, in a store without attendances, the latest event."""
    files = prepared.get("attendances") or [file for files in prepared.values() for file in files]
    return max((file.latest for file in files if file.latest), default=None)
