"""One reader for the tables beside the orders: people, touches and costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import ibis
import pandas as pd

from retention.engine.frames import to_frame
from retention.errors import OrdersError, choose
from retention.hidden_ids import example_cells
from retention.kinds import require_mapping, require_texts
from retention.orders.columns.contents import LONGEST
from retention.orders.columns.declaration import Declaration
from retention.orders.columns.declarations import COSTS, PEOPLE
from retention.orders.columns.guess import Guess
from retention.orders.columns.mapping import map_columns
from retention.orders.dates import choose_date_format, date_advice, parse_dates
from retention.orders.lines import read_text
from retention.orders.months import with_first_days
from retention.orders.numbers.advice import number_advice
from retention.orders.numbers.amounts import choose_number_format, parse_numbers
from retention.orders.numbers.currencies import find_currencies, require_one_currency
from retention.orders.numbers.currency_code import currency_code
from retention.orders.problems import Problems
from retention.orders.source import Source, open_source, reading

# Beside each parsed column stands what was found in the cell, until the checks are done.
FOUND = "found in "


@dataclass(frozen=True)
class SideOptions:
    """How a side table is to be read; see `read_touches` and `read_costs`."""

    columns: Mapping[str, str] | None = None
    timezone: str | None = None
    date_format: str | None = None
    decimal: Literal[".", ","] | None = None
    currency: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    unreadable: Literal["error", "set_aside"] = "error"


def read_side_table(source: object, declaration: Declaration, options: SideOptions) -> pd.DataFrame:
    """The declared columns that the source has, then its further columns as text.

    `attrs["set_aside"]` is the number of rows left out with `unreadable="set_aside"`.

    Raises
    ------
    OrdersError
        If a column is not found or cannot be told, or cells cannot be read. All such problems at once.
    """
    choose("unreadable", options.unreadable, ("error", "set_aside"))
    require_texts(
        timezone=options.timezone, currency=options.currency, date_format=options.date_format
    )  # fmt: skip
    if options.columns is not None:
        require_mapping("columns", options.columns, 'Write {"customer_id": "the source\'s name"}.')
    if options.currency:
        options = replace(options, currency=currency_code(options.currency))
    noun = declaration.noun
    opened = open_source(source, noun, sheet=options.sheet, encoding=options.encoding)
    guesses = map_columns(opened, declaration, options.columns)
    with reading(opened, noun):
        columns = _read_columns(opened, guesses, declaration, options)
        others = _others(opened, guesses)
        kept = {
            f"further {place}": read_text(opened.rows[name]) for place, name in enumerate(others)
        }
        frame = to_frame(opened.rows.select(**columns, **kept), (*columns, *kept))
    frame = frame.rename(columns=dict(zip(kept, others.values(), strict=True)))
    return _checked(frame, declaration, options)


def _read_columns(
    opened: Source, guesses: list[Guess], declaration: Declaration, options: SideOptions
) -> dict[str, Any]:
    """The parsed columns under our names, with what was found in those that may be unreadable."""
    problems = Problems(declaration.noun, opened.name)
    theirs = {guess.column: opened.rows[guess.source_column] for guess in guesses}
    columns: dict[str, Any] = {}
    with problems.collected():
        options = _with_currency(theirs, options, declaration.noun)
    for name, column in theirs.items():
        kind = declaration.field(name).kind
        with problems.collected():
            columns[name] = _parsed(column, kind, options, declaration.noun)
            if kind in ("time", "money"):
                columns[FOUND + name] = column.cast("string")
    problems.refuse()
    return _of_one_currency(columns, options)


def _with_currency(theirs: dict[str, Any], options: SideOptions, noun: str) -> SideOptions:
    """The currency that a column of its own names, unless it was given."""
    if "currency" not in theirs:
        return options
    column = theirs["currency"]
    found = find_currencies(column, given=options.currency)
    if options.currency is None or options.unreadable == "error":
        require_one_currency(found, options.currency, column.get_name(), noun)
    return replace(options, currency=options.currency or next(iter(found), None))


def _of_one_currency(columns: dict[str, Any], options: SideOptions) -> dict[str, Any]:
    """Amounts of another currency are not readable as ours."""
    if "currency" not in columns or options.currency is None:
        return columns
    is_ours = columns["currency"].upper().isin([options.currency.upper()])
    is_ours = is_ours.fill_null(True)
    spend = ibis.ifelse(is_ours, columns["spend"], ibis.null(columns["spend"].type()))
    return columns | {"spend": spend}


def _parsed(column: Any, kind: str, options: SideOptions, noun: str) -> Any:
    if kind == "time":
        if noun == COSTS.noun:
            column = with_first_days(column)
        zone, given = options.timezone, options.date_format
        chosen = choose_date_format(column, timezone=zone, date_format=given, noun=noun)
        return parse_dates(column, chosen, timezone=zone)
    if kind == "money":
        currency, decimal = options.currency, options.decimal
        number = choose_number_format(column, currency=currency, decimal=decimal, noun=noun)
        return parse_numbers(column, number)
    return read_text(column)


def _others(opened: Source, guesses: list[Guess]) -> dict[str, str]:
    """The source's further columns; one that has a name of ours, and is not it, says so."""
    ours, used = {guess.column for guess in guesses}, {guess.source_column for guess in guesses}
    names = [name for name in opened.rows.columns if name not in used]
    return {name: f"source {name}" if name.casefold() in ours else name for name in names}


def _checked(frame: pd.DataFrame, declaration: Declaration, options: SideOptions) -> pd.DataFrame:
    """The rows that can be used, or all that is wrong with the others."""
    bad = {
        name: frame[name].isna()
        for name in declaration.names
        if name in frame.columns and declaration.field(name).is_needed
    }
    problems = [
        _unreadable(frame, name, is_bad, declaration)
        for name, is_bad in bad.items()
        if is_bad.any()
    ]
    is_out = pd.concat(bad, axis=1).any(axis=1)
    if declaration is PEOPLE:
        repeats = frame["customer_id"].duplicated() & frame["customer_id"].notna()
        problems += [_repeated(frame, repeats)] if repeats.any() else []
        is_out |= repeats
    if problems and options.unreadable == "error":
        raise OrdersError(
            f"{declaration.noun}: {' '.join(problems)} To go on without these rows: "
            'unreadable="set_aside".'
        )
    found = [name for name in frame.columns if not name.startswith(FOUND)]
    used = _with_lacking(frame.loc[~is_out, found].reset_index(drop=True), declaration)
    used.attrs["set_aside"] = int(is_out.sum())
    return used


def _with_lacking(used: pd.DataFrame, declaration: Declaration) -> pd.DataFrame:
    """A time that the source may lack is not known of anybody, at its usual place."""
    for place, field in enumerate(declaration.fields):
        if field.may_lack and field.name not in used.columns:
            used.insert(place, field.name, pd.Series(pd.NaT, used.index, "datetime64[us]"))
    return used


def _unreadable(frame: pd.DataFrame, name: str, is_bad: Any, declaration: Declaration) -> str:
    rows = f"{int(is_bad.sum()):,} of {len(frame):,} rows have no"
    if FOUND + name not in frame.columns:
        return f"{rows} {name}."
    cells = frame.loc[is_bad, FOUND + name].fillna("")
    shown = [cell[:LONGEST] for cell in dict.fromkeys(cells)]
    is_time = declaration.field(name).kind == "time"
    advice = date_advice(shown) if is_time else number_advice(shown)
    said = f" {advice[0].upper()}{advice[1:]}." if advice else ""
    return f"{rows} readable {name} ({example_cells(shown)}).{said}"


def _repeated(frame: pd.DataFrame, repeats: Any) -> str:
    ids = frame.loc[repeats, "customer_id"]
    count = f"{int(repeats.sum()):,} of {len(frame):,} rows"
    return f"{count} repeat an id ({example_cells(ids)}); the first row of each counts."
