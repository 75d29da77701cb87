"""Taking one file in, from its bytes to the store: a path and options come in, what became of it
goes out.

Read, recognise, check, hold or commit. Until the commit nothing in the store has changed.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from openhiu.engines import open_engine
from openhiu.errors import ExitCode, HiuError, WrongUsage
from openhiu.extract.conflicts import conflicts
from openhiu.extract.explain import explain
from openhiu.extract.findings import Findings
from openhiu.extract.hold import hold_reasons
from openhiu.extract.layout import Layout
from openhiu.extract.mapping import Mapping
from openhiu.extract.reading import Reading, TextFile, open_text_file
from openhiu.extract.recognise import AUTO, choose, named
from openhiu.extract.rejects import RejectsWriter, rejects_file
from openhiu.extract.store import ControlTotal, Period, Stage, Store, SubmissionFacts
from openhiu.extract.store.layout import REJECTS
from openhiu.extract.summary import Summary, summarise
from openhiu.extract.validate import Validator

Progress = Callable[[str, int, int], None]
"""Called with a file's name, the bytes done and the bytes in all."""

_WAITING: Final = (
    "Nothing of this file was taken in. Correct it and send it again, or run the command again "
    'with --accept-held "why it may be taken in all the same".'
)


@dataclass(frozen=True)
class Options:
    """How files are to be taken in; the same for every file of one command."""

    dialect: str = AUTO
    dataset: str | None = None
    replace_period: tuple[date, date] | None = None
    submitted_at: date | None = None
    accept_held: str | None = None


@dataclass(frozen=True)
class Received:
    """What became of one file. `state` is "taken in", "held", "known already" or "refused".

    A held file has been read but not taken: `total` is None and its rows wait for a person. A
    refused one has its `fault` and nothing else.
    """

    file: str
    state: str
    total: ControlTotal | None
    summary: Summary | None
    rejects: Path | None = None
    exit_code: ExitCode = ExitCode.DONE
    extra: tuple[str, ...] = field(default=())
    fault: HiuError | None = None

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Rows read, accepted, superseded, duplicate and rejected."""
        if self.total:
            total = self.total
            return (total.read, total.accepted, total.superseded, total.duplicate, total.rejected)
        waiting = self.summary
        return (waiting.rows, 0, 0, 0, waiting.rejected) if waiting else (0, 0, 0, 0, 0)

    @property
    def notes(self) -> list[str]:
        """What a person should know, as sentences."""
        notes = self.summary.notes() if self.summary else []
        if self.rejects:
            notes.append(f"Rejected rows, each with its rule and remedy: {self.rejects}")
        return [*notes, *self.extra]

    def as_dict(self) -> dict[str, Any]:
        """The same for `--json`."""
        return {
            "file": self.file,
            "state": self.state,
            "total": asdict(self.total) if self.total else None,
            "summary": self.summary.as_dict() if self.summary else None,
            "rejects": str(self.rejects) if self.rejects else None,
            "exit_code": int(self.exit_code),
            "notes": list(self.extra),
            "fault": self.fault.as_dict() if self.fault else None,
        }


def no_progress(_file: str, _done: int, _size: int) -> None:
    """For callers that show none."""


def refused(path: Path, fault: HiuError) -> Received:
    """The account of a file that could not be used."""
    return Received(path.name, "refused", None, None, exit_code=fault.exit_code, fault=fault)


def draft(path: Path) -> str:
    """A mapping drafted from a file, as TOML. Nothing is stored."""
    with open_text_file(path) as file:
        return explain(file)


def receive(
    path: Path,
    store_path: Path,
    options: Options,
    *,
    on_progress: Progress = no_progress,
    now: datetime | None = None,
) -> Received:
    """Take one file into the store, hold it, or refuse it.

    Raises WrongUsage, InputNotUsable or ConfigurationFault; the store is then as it was.
    """
    _refuse_no_reason(options)
    with open_text_file(path, options=_reading(options)) as file:
        layout = choose(
            file.columns, dialect=options.dialect, dataset=options.dataset, file=path.name
        )
        taking = _Taking(path.name, file, layout, options, now or datetime.now())
        return taking.into(Store.create(store_path), on_progress)


class _Taking:
    """One file on its way into one store."""

    def __init__(
        self, name: str, file: TextFile, layout: Layout, options: Options, now: datetime
    ) -> None:
        self.name = name
        self.file = file
        self.layout = layout
        self.options = options
        self.now = now
        day = options.submitted_at
        self.submitted = datetime.combine(day, time()) if day else now
        self.period = Period(*options.replace_period) if options.replace_period else None

    def into(self, store: Store, on_progress: Progress) -> Received:
        digest = _digest(self.layout.mapping, self.period, self.options.submitted_at)
        dataset = self.layout.table.name
        identifier = store.submission_id(dataset, self.file.sha256, digest)
        known = store.knows(identifier)
        target = store.path / REJECTS / identifier / "rejects.csv"
        if known:
            return self._known_already(known.total, target)
        with rejects_file(target, self.name) as writer, store.stage(dataset, identifier) as stage:
            findings = self._check(stage, writer, on_progress)
            stage.finish()
            held = hold_reasons(findings, self._history(store, stage, dataset))
            rejects = writer.keep()
            if held and not self.options.accept_held:
                stage.abort()
                return self._held(findings, held, rejects)
            total = self._commit(store, stage, writer, self._facts(findings, digest))
        if stage.known:
            return self._known_already(total, target)
        return Received(
            self.name,
            "taken in",
            total,
            summarise(self.name, findings, ()),
            rejects,
            extra=(
                *self.file.facts.warnings,
                *self._conflicts(stage.target),
                *(f"Held, then accepted ({self.options.accept_held}): {each}" for each in held),
            ),
        )

    def _check(self, stage: Stage, writer: RejectsWriter, on_progress: Progress) -> Findings:
        with open_engine() as engine:
            validator = Validator(
                self.layout,
                engine=engine,
                today=self.now.date(),
                received_at=self.submitted,
                date1904=self.file.facts.date1904,
                file=self.name,
            )
            for batch in self.file.batches():
                checked = validator.check(batch)
                stage.write(checked.accepted)
                writer.add(checked.rejects)
                on_progress(self.name, self.file.bytes_done, self.file.size)
            return validator.close()

    def _commit(
        self, store: Store, stage: Stage, writer: RejectsWriter, facts: SubmissionFacts
    ) -> ControlTotal:
        """Commit; where that fails, take the rejects away unless another extract stands by them."""
        try:
            return store.commit(stage, facts)
        except BaseException:
            if not store.knows(stage.id):
                writer.withdraw()
            raise

    def _history(self, store: Store, stage: Stage, dataset: str) -> dict[str, int]:
        """Rows a month that the store has from the senders of this file and will keep."""
        history: dict[str, int] = {}
        for owner, months in store.monthly_volumes(dataset).items():
            if owner in stage.owners:
                for month, rows in months.items():
                    if self._replaced(month):
                        continue
                    history[month] = history.get(month, 0) + rows
        return history

    def _replaced(self, month: str) -> bool:
        """Whether this file takes the place of all that the store has of a month."""
        return bool(
            self.period
            and f"{self.period.start:%Y-%m}" <= month
            and date.fromisoformat(f"{month}-01") < self.period.end
        )

    def _facts(self, findings: Findings, digest: str) -> SubmissionFacts:
        return SubmissionFacts(
            file=self.name,
            sha256=self.file.sha256,
            dialect=self.layout.mapping.name,
            mapping_digest=digest,
            who=_who(),
            received_at=self.submitted,
            read=findings.rows,
            rejected=findings.rejected,
            replaces=self.period,
            accepted_held=self.options.accept_held,
        )

    def _conflicts(self, stored: Path) -> list[str]:
        with open_engine() as engine:
            engine.register("taken", (stored,))
            return conflicts(engine, self.layout.table, "taken")

    def _held(self, findings: Findings, held: list[str], rejects: Path | None) -> Received:
        return Received(
            self.name,
            "held",
            None,
            summarise(self.name, findings, held),
            rejects,
            ExitCode.NEEDS_A_PERSON,
            (*self.file.facts.warnings, _WAITING),
        )

    def _known_already(self, before: ControlTotal, rejects: Path) -> Received:
        total = ControlTotal(before.read, 0, 0, before.read - before.rejected, before.rejected)
        kept = rejects if rejects.exists() else None
        return Received(self.name, "known already", total, None, kept)


def _refuse_no_reason(options: Options) -> None:
    if options.accept_held is not None and not options.accept_held.strip():
        raise WrongUsage(
            "a held file is accepted without a reason",
            remedy='say why it may be taken in all the same: --accept-held "REASON"',
        )


def _reading(options: Options) -> Reading:
    """What a mapping says of the file itself, before its header is known."""
    if options.dialect == AUTO:
        return Reading()
    return named(options.dialect, options.dataset).file


def _digest(mapping: Mapping, period: Period | None, submitted: date | None) -> str:
    """A hash of how the file is read: read otherwise, the same bytes are another submission."""
    said = {"mapping": asdict(mapping), "period": period and asdict(period), "day": submitted}

    def plain(value: Any) -> Any:
        return sorted(value) if isinstance(value, frozenset) else str(value)

    return sha256(json.dumps(said, sort_keys=True, default=plain).encode()).hexdigest()


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
