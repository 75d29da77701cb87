"""The SQL that reads one file: a layout and a profile come in; two statements go out.

`usual` reads every row in the one way most of the file is written, quickly, and says which rows it
could vouch for. `full` reads the others in every way that is accepted and names the rule that a row
breaks. Headers never stand in the text: the columns needed are handed over as c0, c1, … and what a
mapping brings travels as a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from openhiu.engines import Parameters
from openhiu.extract import cells, date_sql, dates
from openhiu.extract.date_sql import Step
from openhiu.extract.layout import Layout, Source
from openhiu.extract.literals import Literals
from openhiu.extract.profile import Profile
from openhiu.extract.rules import Cell, Rule, kind_of, rules
from openhiu.tables.identifiers import IdentifierKind
from openhiu.tables.schema import Column, OnFault, Table, Type

GIVEN: Final = "given"
READING_FAULT: Final = 0  # the number under which a row the reader could not read is reported
_DATED: Final = (Type.DATE, Type.TIMESTAMP)
_DEPTH: Final = 6  # steps of a full reading, the last of which makes the values


@dataclass(frozen=True)
class Statement:
    """Both statements read the table `given` (`_row`, `_fault` and, under their aliases, the
    headers in `inputs`) and yield `_row` and the columns of `computed`; `usual` adds `_clean`,
    `full` adds `_broken` (null, or 1 + the index in `rules`, or 0 for a reading fault).

    `copied` maps columns that pass through untouched to their headers. `closer` counts, per date
    column, how its cells are written; it runs only where cells could not be read.
    """

    usual: str
    full: str
    parameters: Parameters
    rules: tuple[Rule, ...]
    inputs: dict[str, str]
    computed: tuple[str, ...]
    copied: dict[str, str]
    closer: dict[str, str]


def compose(layout: Layout, profile: Profile, *, today: date, received_at: datetime) -> Statement:
    """The statements for one file."""
    composer = _Composer(layout, profile, today, received_at)
    given = [cell for source in layout.sources if (cell := composer.cell(source))]
    found = rules(composer.lit, layout.table, given, profile, composer.tomorrow)
    return Statement(
        usual=composer.usual_sql(found),
        full=composer.full_sql(found),
        parameters=composer.lit.parameters,
        rules=tuple(found),
        inputs={alias: header for header, alias in composer.inputs.items()},
        computed=tuple(composer.computed),
        copied=composer.copied,
        closer={
            cell.column.name: composer.closer(cell)
            for cell in given
            if cell.column.type in _DATED and cell.source.headers
        },
    )


class _Composer:
    """Collects, column by column, the steps of both statements."""

    def __init__(
        self, layout: Layout, profile: Profile, today: date, received_at: datetime
    ) -> None:
        self.layout = layout
        self.profile = profile
        self.mapping = layout.mapping
        self.table: Table = layout.table
        self.tomorrow = datetime.combine(today + timedelta(days=1), time.min)
        self.received_at = received_at
        self.lit = Literals()
        self.inputs: dict[str, str] = {}
        self.copied: dict[str, str] = {}
        self.computed: list[str] = []
        self.written: Step = {}
        self.usual: tuple[Step, Step] = ({}, {})
        self.full: tuple[Step, ...] = tuple({} for _ in range(_DEPTH))
        self.vouched: list[str] = []

    def usual_sql(self, found: list[Rule]) -> str:
        wrong = [rule.quick for rule in found if rule.usual]
        doubts = " or ".join(f"coalesce({text}, false)" for text in dict.fromkeys(wrong))
        clean = " and ".join(["_fault is null", *self.vouched, f"not ({doubts or 'false'})"])
        if "record_action" in self.computed:
            clean += " and record_action is distinct from 'delete'"
        names = ", ".join(["_row", f"({clean}) as _clean", *self.computed])
        return f"select {names} from {_nested((self.written, *self.usual))}"  # noqa: S608

    def full_sql(self, found: list[Rule]) -> str:
        deletion = "record_action = 'delete'" if "record_action" in self.computed else "false"
        staged = (self.written, *self.full, {"deletion": f"coalesce({deletion}, false)"})
        names = ", ".join(["_row", f"{_broken(found)} as _broken", *self.computed])
        return f"select {names} from {_nested(staged)}"  # noqa: S608

    def closer(self, cell: Cell) -> str:
        signs = date_sql.evidence(self.lit, cell.text)
        counted = {**signs, "placeholders": f"{cell.hollow} and not {cell.empty}"}
        counts = ", ".join(
            f"count(*) filter (where {condition}) as {name}" for name, condition in counted.items()
        )
        own = [{k: v for k, v in step.items() if k.endswith(f"_{cell.column.name}")}
               for step in (self.written, *self.full)]  # fmt: skip
        return f"select {counts} from {_nested(own)}"  # noqa: S608

    def copies(self, source: Source) -> bool:
        """Whether a column needs no reading at all: most codes and texts are kept as they are."""
        column = source.column
        return (
            column.type in (Type.TEXT, Type.CODE)
            and not (column.spellings or column.closed)
            and [len(headers) for headers in source.headers] == [1]
            and column.name not in self.profile.tails
            and column.name not in self.mapping.codes
            and column.name not in self.mapping.endings
        )

    def cell(self, source: Source) -> Cell | None:
        """Add a column to the statements; None where no rule asks for it."""
        name = source.column.name
        if self.copies(source):
            header = self.copied[name] = source.headers[0][0]
            if not (source.column.required or self.names_deletions(name)):
                return None
            alias = self.alias(header)
            return Cell(source, alias, alias, alias, f"({alias} is null)", f"({alias} is null)")
        self.computed.append(name)
        text = self.text(source)
        cell = Cell(source, text, f"p_{name}", name, f"h_{name}", f"e_{name}")
        if source.column.type in _DATED:
            self.add_dated(cell)
        elif source.column.type is Type.PERSON:
            self.add_person(cell)
        else:
            self.add_plain(cell)
        return cell

    def names_deletions(self, name: str) -> bool:
        return name in self.table.record_key and self.layout.source("record_action") is not None

    def alias(self, header: str) -> str:
        return self.inputs.setdefault(header, f"c{len(self.inputs)}")

    def text(self, source: Source) -> str:
        """The name of the cell as written, after what the mapping says about it."""
        text = self.expression(source)
        if text in self.inputs.values():
            return text
        name = f"w_{source.column.name}"
        self.written[name] = text
        return name

    def expression(self, source: Source) -> str:
        column, name = source.column, source.column.name
        if source.constant is not None:
            return self.lit(source.constant)
        if column.type in _DATED:
            text = self.alias(source.headers[0][0])
            return f"replace({text}, ',', '.')" if self.mapping.decimal == "," else text
        text = self.joined(source)
        if column.type is Type.PERSON:
            return cells.accept_numeric(self.lit, text) if self.mapping.numeric_cells else text
        if name in self.profile.tails and column.type is not Type.BOOLEAN:
            text = cells.without_tail(self.lit, text)
        if name in self.mapping.endings:
            text = cells.without_endings(self.lit, text, self.mapping.endings[name])
        if name in self.mapping.codes:
            text = cells.translated(self.lit, text, self.mapping.codes[name])
        return text

    def joined(self, source: Source) -> str:
        each = [", ".join(map(self.alias, headers)) for headers in source.headers]
        texts = [
            f"nullif(concat_ws(' ', {names}), '')" if "," in names else names for names in each
        ]
        return texts[0] if len(texts) == 1 else f"coalesce({', '.join(texts)})"

    def add_dated(self, cell: Cell) -> None:
        column, name, text = cell.column, cell.column.name, cell.text
        style = self.profile.styles[name]
        several = cell.source.headers and len(cell.source.headers[0]) > 1
        clock = self.alias(cell.source.headers[0][1]) if several else None
        made = date_sql.steps(self.lit, name, text, clock, style)
        for step, new in zip(self.full, made, strict=False):
            step.update(new)
        parsed = self.full[3].pop(cell.parsed)
        # A day alone says when someone came, but not how long they stayed.
        if clock and not column.required:
            parsed = f"case when {clock} is not null then {parsed} end"
        self.full[3][cell.parsed] = parsed
        untimed = f" or {clock} is null" if clock and not column.required else ""
        self.full[4].update(self.emptiness(cell, untimed))
        self.full[5][name] = self.dated_value(column, cell.parsed)
        quick = date_sql.fast(self.lit, text, clock, style) or "cast(null as timestamp)"
        self.usual[0][cell.parsed] = quick
        self.usual[1][name] = self.dated_value(column, cell.parsed)
        self.vouched.append(f"({name} is not null or {text} is null{untimed})")

    def emptiness(self, cell: Cell, untimed: str) -> Step:
        empty = f"({cell.text} is null or {cells.empty_word(self.lit, cell.text)}{untimed})"
        days = ", ".join(map(self.lit, dates.PLACEHOLDERS))
        placeholder = f"coalesce(cast({cell.parsed} as date) in ({days}), false)"
        return {cell.empty: empty, cell.hollow: f"({empty} or {placeholder})"}

    def dated_value(self, column: Column, parsed: str) -> str:
        early, late = self.lit(dates.EARLIEST), self.lit(dates.LATEST)
        value = f"case when {parsed} >= {early} and {parsed} < {late} then {parsed} end"
        if column.name == "submitted_at":
            return f"coalesce({value}, {self.lit(self.received_at)})"
        if column.type is Type.TIMESTAMP:
            return value
        if self.profile.styles[column.name].two_digit and column.past:
            # Someone born in '31 was born in 1931.
            edge = self.lit(self.tomorrow)
            value = f"case when {value} >= {edge} then {value} - interval 100 year else {value} end"
        return f"cast({value} as date)"

    def add_person(self, cell: Cell) -> None:
        name, text = cell.column.name, cell.text
        kind = kind_of(cell.column, self.profile)
        usual = text
        if self.profile.spaced and kind is IdentifierKind.NHS_NUMBER:
            usual = f"replace(replace({text}, ' ', ''), '-', '')"
        self.usual[0].update({cell.parsed: cells.whole(usual), f"u_{name}": usual})
        self.usual[1][name] = cells.usual_person(self.lit, f"u_{name}", cell.parsed, kind)
        self.vouched.append(f"({name} is not null or {text} is null)")
        hollow = f"({text} is null or {cells.absent(self.lit, text)})"
        self.full[0].update({f"n_{name}": cells.digits_of(self.lit, text), cell.hollow: hollow})
        value = cells.person(self.lit, text, f"n_{name}", kind)
        self.full[5][name] = f"case when not {cell.hollow} then {value} end"

    def add_plain(self, cell: Cell) -> None:
        column, text = cell.column, cell.text
        readers: dict[Type, Callable[[], str]] = {
            Type.INTEGER: lambda: cells.integer(self.lit, text, column),
            Type.BOOLEAN: lambda: cells.boolean(self.lit, text),
            Type.CODE: lambda: cells.code(self.lit, text, column),
            Type.TEXT: lambda: text,
        }
        value = readers[column.type]()
        self.usual[1][column.name] = value
        self.full[5][column.name] = value
        if column.on_fault is OnFault.REJECT or column.required:
            empty = f"({text} is null or {cells.empty_word(self.lit, text)})"
            self.full[0].update({cell.empty: empty, cell.hollow: empty})
            self.vouched.append(f"({column.name} is not null or {text} is null)")


def _nested(steps: Iterable[Step]) -> str:
    relation = GIVEN
    for step in steps:
        if step:
            made = ", ".join(f"{text} as {name}" for name, text in step.items())
            relation = f"(select *, {made} from {relation})"  # noqa: S608
    return relation


def _broken(found: list[Rule]) -> str:
    whens = " ".join(
        f"when {'' if rule.deletions else 'not deletion and '}{rule.quick} and {rule.full} "
        f"then {number}"
        for number, rule in enumerate(found, start=READING_FAULT + 1)
    )
    return f"case when _fault is not null then {READING_FAULT} {whens} end"
