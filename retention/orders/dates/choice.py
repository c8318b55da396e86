"""Which format a column of dates has: the one that its cells prove, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.hidden_ids import example_cells
from retention.orders.dates.counted import choose_number_kind, is_near
from retention.orders.dates.evidence import gather
from retention.orders.dates.families import Family, families_of
from retention.orders.dates.format import EPOCHS, EXCEL, DateFormat, Reading
from retention.orders.dates.given import BAR, given_formats
from retention.orders.dates.patterns import FORMATS
from retention.orders.dates.proof import SLIPS, Proof, prove
from retention.orders.dates.refusals import refuse_open, refuse_swapped
from retention.orders.dates.values import Values, different_values

Given = Sequence[str]


def choose_date_format(
    column: Any, *, timezone: str | None, date_format: str | None = None, noun: str = "orders"
) -> DateFormat:
    """The format that the cells of a column prove; where one is given, only its times are looked up.

    Raises
    ------
    OrdersError
        If day and month cannot be told apart, a given format reads nothing, a timezone is needed and
        not given, or the column holds no dates.
    ArgumentError
        If the given format is none.
    """
    given = given_formats(date_format) if date_format else ()
    kind = column.type()
    _require_dates(column, noun)
    if kind.is_timestamp() or kind.is_date():
        chosen = DateFormat(None)
    elif kind.is_string():
        chosen = _of_text(column, given, noun)
    else:
        chosen = _of_numbers(column, given, noun)
    _require_timezone(column, chosen, timezone, noun)
    return chosen


def _of_numbers(column: Any, given: Given, noun: str) -> DateFormat:
    chosen = choose_number_kind(column, given)
    if chosen.readings:
        return chosen
    if given and _is_local(column):
        return _of_text(column.cast("string").name(column.get_name()), given, noun)
    shown = _some(column)
    if not shown:
        return chosen
    raise OrdersError(
        f"{noun}: the column {column.get_name()!r} is of type {column.type()}, and its numbers are "
        f"{'not what date_format= says' if given else 'no dates'} "
        f"({example_cells(shown)}). Name the right column: "
        'columns={"ordered_at": ...}.'
    )


def _of_text(column: Any, given: Given, noun: str) -> DateFormat:
    values, families = _families(column, given)
    proofs = [prove(family, gather(values, family)) for family in families]
    proofs = sorted((proof for proof in proofs if proof.count), key=lambda proof: -proof.count)
    if given:
        return _as_given(column, given, families if proofs else [], noun)
    if not proofs:
        return DateFormat(None)
    used = _used(column, proofs, noun)
    readings = [reading for proof in used for reading in proof.readings()]
    return DateFormat(BAR.join(dict.fromkeys(proof.name for proof in used)), _plain_first(readings))


def _families(column: Any, given: Given) -> tuple[Values, list[Family]]:
    """The families, over cells cut to the date, or over whole cells where the date lies further on."""
    values = different_values(column, is_full=False)
    families = families_of(values, given or FORMATS)
    if any(family.is_cut and (given or len(family.formats) > 1) for family in families):
        values = different_values(column, is_full=True)
        families = families_of(values, given or FORMATS)
    return values, families


def _used(column: Any, proofs: list[Proof], noun: str) -> list[Proof]:
    """The formats in use: those proven; a few cells that prove nothing stay unread."""
    enough = SLIPS * sum(proof.count for proof in proofs)
    for proof in proofs:
        if not proof.is_proven and (proof is proofs[0] or proof.count > enough):
            others = [other.name for other in proofs if other.is_proven]
            raise refuse_open(column, proof, others, noun)
    used = [proof for proof in proofs if proof.is_proven and _is_plausible(proof, proofs[0])]
    for written in used:
        for turned in used:
            if _is_swapped(written, turned):
                raise refuse_swapped(column, written, turned, noun)
    return used


def _is_plausible(proof: Proof, main: Proof) -> bool:
    """A bare number beside dates may be anything, unless it lies among them."""
    if proof is main or not proof.is_number:
        return True
    return is_near(proof.evidence.span(proof.name), main.evidence.span(main.name))


def _is_swapped(written: Proof, turned: Proof) -> bool:
    """Whether all dates that could be turned around were, and stand in another form."""
    opposite = written.name.translate(str.maketrans("dm", "md"))
    if opposite == written.name or opposite not in written.family.formats:
        return False
    is_other = turned.name.startswith("%Y") or turned.name == EXCEL
    has_no_other = written.evidence.only(written.name, opposite) == written.count
    return is_other and has_no_other and turned.evidence.has_small_days_only(turned.name)


def _as_given(column: Any, given: Given, families: list[Family], noun: str) -> DateFormat:
    text = BAR.join(given)
    readings = [
        reading
        for name in given
        for family in families
        for reading in family.readings.get(name, [])
    ]
    if not readings and _has_text(column):
        raise OrdersError(
            f'{noun}: date_format="{text}" reads no date in {column.get_name()!r} '
            f"({example_cells(_some(column))}). {_looks(column, noun)}"
        )
    return DateFormat(text, tuple(dict.fromkeys(readings)) or tuple(map(Reading, given)))


def _looks(column: Any, noun: str) -> str:
    """What the cells are instead, said for a message."""
    try:
        found = _of_text(column, (), noun).text
    except OrdersError as error:
        message = str(error).removeprefix(f"{noun}: ")
        return message[0].upper() + message[1:]
    if found is None:
        return 'They are no dates: name the right column, columns={"ordered_at": ...}.'
    return f'They look like date_format="{found}"; without date_format= they are read so.'


def _some(column: Any) -> list[Any]:
    """Three different cells, for a message."""
    cells = column.name("cell").as_table().distinct()
    found = to_arrow(cells.filter(cells.cell.notnull()).order_by("cell").limit(3))
    shown: list[Any] = found["cell"].to_pylist()
    return shown


def _plain_first(readings: list[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(sorted(readings, key=lambda reading: reading.is_folded)))


def _require_dates(column: Any, noun: str) -> None:
    kind = column.type()
    if kind.is_string() and not _is_local(column):
        raise OrdersError(
            f"{noun}: {column.get_name()!r} is text in a remote table. Cast it there: "
            f'table.mutate({column.get_name()}=table.{column.get_name()}.cast("timestamp")).'
        )
    if not (kind.is_timestamp() or kind.is_date() or kind.is_string() or kind.is_numeric()):
        raise OrdersError(
            f"{noun}: the column {column.get_name()!r} is of type {kind}, not a date. Name the right "
            'one: columns={"ordered_at": ...}.'
        )


def _require_timezone(column: Any, chosen: DateFormat, timezone: str | None, noun: str) -> None:
    if timezone is not None:
        return
    is_aware = column.type().is_timestamp() and column.type().timezone is not None
    if not is_aware and not any(reading.needs_timezone for reading in chosen.readings):
        return
    is_epoch = any(reading.pattern in EPOCHS for reading in chosen.readings)
    what = "count from 1970 in UTC" if is_epoch else "carry an offset"
    raise OrdersError(
        f"{noun}: the times in {column.get_name()!r} {what}, and the day of an order depends on where "
        'you are. Pass timezone="Asia/Ho_Chi_Minh" (or yours).'
    )


def _has_text(column: Any) -> bool:
    return bool(to_arrow(column.re_search(r"\S").any().as_table())[0][0].as_py())


def _is_local(column: Any) -> bool:
    return bool(column.get_backend().name == "duckdb")
