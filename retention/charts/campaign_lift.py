"""The lift of a campaign with its interval; what may be chance is pale, and said so."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError, choose, shown
from retention.kinds import require_flag
from retention.texts import text

COLUMNS = (
    "measure", "is_adjusted", "in_treated", "in_holdout", "difference", "low", "high",
    "smallest_effect", "verdict",
)  # fmt: skip
Measured = Literal["order_rate", "amount_per_customer"]
MOST_BARS, MOST_NOTES, LONGEST = 8, 4, 16


def describe_campaign_lift(
    table: pd.DataFrame,
    *,
    measure: Measured = "order_rate",
    segment: str | None = None,
    is_rehearsal: bool = False,
) -> Picture:
    """Describe what a campaign added, with its 95 % interval, one bar per read-out or segment.

    Parameters
    ----------
    table : DataFrame
        From `campaign_lift`.
    measure : {"order_rate", "amount_per_customer"}
        Share of customers with an order, or net amount per customer. Money has a second bar without
        segments: with the prediction taken out.
    segment : str
        The column of segments, where the table has one.
    is_rehearsal : bool
        Whether nobody was treated differently, so that the words promise no effect of a campaign.

    Returns
    -------
    Picture
        One series with its 95 % limits; one category per read-out or segment, at most eight.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or no row has limits for this measure.

    Notes
    -----
    The trap: a pale bar is not distinguishable from 0. That is not "no effect": the words beside it
    say how large an effect had to be to be seen.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "measure": ["order_rate"], "is_adjusted": [False], "in_treated": [0.2],
    ...     "in_holdout": [0.19], "difference": [0.01], "low": [-0.02], "high": [0.04],
    ...     "smallest_effect": [0.045], "verdict": ["not distinguishable from 0"]})
    >>> picture = describe_campaign_lift(table)
    >>> picture.title
    'Order rate: the difference is not distinguishable from 0'
    """
    if segment is not None and not isinstance(segment, str):
        raise ArgumentError(f"segment: {shown(segment)} is no text. Name the column of segments.")
    require_flag("is_rehearsal", is_rehearsal)
    columns = (*COLUMNS, *([segment] if segment else []))
    check_table(
        table, name="campaign_lift", columns=columns,
        unique=(*([segment] if segment else []), "measure", "is_adjusted"),
    )  # fmt: skip
    rows = _rows(table, measure, segment)
    left_out = len(rows) - MOST_BARS
    rows = rows.head(MOST_BARS)
    words = caption(table, key="campaign_lift")
    notes = [text("Pale: not distinguishable from 0.")] if _is_pale(rows).any() else []
    if left_out > 0:
        notes.append(text("More segments that are not drawn: {count}.", count=left_out))
    unjudged = _unjudged(table, measure)
    if unjudged:
        notes.append(
            text("Read-outs with too few buyers that are not drawn: {count}.", count=unjudged)
        )
    words["footer"] = " ".join([*filter(None, [words["footer"]]), *notes])
    is_rate = measure == "order_rate"
    return Picture(
        kind="bar",
        title=_title(rows, is_rate, segment, is_rehearsal),
        categories=tuple(_names(rows, segment)),
        series=(_bars(rows),),
        number_format="points" if is_rate else "money",
        x_label=_x_label(rows, is_rate, segment, words["currency"]),
        y_label=_y_label(is_rate),
        category_notes=_sides(rows, is_rate, segment, words["currency"]),
        alt_text=_alt_text(rows, is_rate, segment, words["currency"]),
        finding=_finding(rows, is_rate, segment, words["currency"], is_rehearsal),
        **words,
    )


def plot_campaign_lift(
    table: pd.DataFrame,
    *,
    measure: Measured = "order_rate",
    segment: str | None = None,
    is_rehearsal: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw what a campaign added, with its 95 % interval, one bar per read-out or segment.

    Parameters
    ----------
    table : DataFrame
        From `campaign_lift`.
    measure : {"order_rate", "amount_per_customer"}
        As in `describe_campaign_lift`.
    segment : str
        The column of segments, where the table has one.
    is_rehearsal : bool
        As in `describe_campaign_lift`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per row and its interval.

    Raises
    ------
    ArgumentError
        As in `describe_campaign_lift`.

    Notes
    -----
    Above 0 the contacted bought more than the hold-out.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({
    ...     "measure": ["order_rate"], "is_adjusted": [False], "in_treated": [0.2],
    ...     "in_holdout": [0.19], "difference": [0.01], "low": [-0.02], "high": [0.04],
    ...     "smallest_effect": [0.045], "verdict": ["not distinguishable from 0"]})
    >>> len(plot_campaign_lift(table, ax=Figure().subplots()).patches)
    1
    """
    picture = describe_campaign_lift(
        table, measure=measure, segment=segment, is_rehearsal=is_rehearsal
    )
    return draw_picture(picture, ax=ax)


def _rows(table: pd.DataFrame, measure: Measured, segment: str | None) -> pd.DataFrame:
    """The rows to draw: one per segment, or without and with the prediction taken out."""
    choose("measure", measure, get_args(Measured))
    rows = table[(table["measure"] == measure) & table["low"].notna()]
    if segment:
        rows = rows[~rows["is_adjusted"]]
    if rows.empty:
        raise ArgumentError(
            f"measure: 0 of {len(table)} rows have limits for {measure!r}. Money is judged from 100 "
            'buyers in the smaller arm on; draw measure="order_rate", or wait for more orders.'
        )
    return rows.sort_values([*([segment] if segment else []), "is_adjusted"])


def _unjudged(table: pd.DataFrame, measure: Measured) -> int:
    return int(((table["measure"] == measure) & table["low"].isna() & ~table["is_adjusted"]).sum())


def _is_pale(rows: pd.DataFrame) -> pd.Series:
    return ~rows["verdict"].isin(["more", "less"])


def _bars(rows: pd.DataFrame) -> Series:
    return Series(
        name=text("Treated less hold-out"),
        values=tuple(map(float, rows["difference"])),
        low=tuple(map(float, rows["low"])),
        high=tuple(map(float, rows["high"])),
        is_small=tuple(map(bool, _is_pale(rows))),
    )


def _names(rows: pd.DataFrame, segment: str | None) -> list[str]:
    if segment:
        names = [str(name) for name in rows[segment]]
        return [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names]
    words = {False: text("All assigned"), True: text("Prediction taken out (CUPED)")}
    return [words[bool(each)] for each in rows["is_adjusted"]]


def _sides(
    rows: pd.DataFrame, is_rate: bool, segment: str | None, currency: str | None
) -> tuple[tuple[str, str], ...]:
    """Under each of few bars both arms: 20.0% : 19.0%."""
    if len(rows) > MOST_NOTES:
        return ()
    pairs = rows[["in_treated", "in_holdout"]].to_numpy()
    names = _names(rows, segment)
    return tuple(
        (name, " : ".join(_amount(float(value), is_rate, currency) for value in pair))
        for name, pair in zip(names, pairs, strict=True)
    )


def _amount(value: float, is_rate: bool, currency: str | None) -> str:
    if is_rate:
        return format_number(value, number_format="percent")
    return format_number(value, number_format="money", currency=currency)


def _title(rows: pd.DataFrame, is_rate: bool, segment: str | None, is_rehearsal: bool) -> str:
    found = _found(rows, is_rate, segment, is_rehearsal)
    return text("Rehearsal without a campaign. {found}", found=found) if is_rehearsal else found


def _found(rows: pd.DataFrame, is_rate: bool, segment: str | None, is_rehearsal: bool) -> str:
    name = text("Order rate") if is_rate else text("Net amount per customer")
    if segment:
        seen = int((~_is_pale(rows)).sum())
        return text(
            "{measure}: the difference is distinguishable from 0 in {seen} of {count} segments",
            measure=name, seen=seen, count=len(rows),
        )  # fmt: skip
    verdict = {
        "more": text("more with the campaign"),
        "less": text("less with the campaign"),
    }
    if is_rehearsal:
        verdict = {
            "more": text("more among those who would be contacted"),
            "less": text("less among those who would be contacted"),
        }
    unclear = text("the difference is not distinguishable from 0")
    return f"{name}: {verdict.get(str(rows.iloc[-1]['verdict']), unclear)}"


def _x_label(rows: pd.DataFrame, is_rate: bool, segment: str | None, currency: str | None) -> str:
    label = text("Below: treated : hold-out") if len(rows) <= MOST_NOTES else str(segment)
    if segment:
        return label
    smallest = _gap(float(rows.iloc[-1]["smallest_effect"]), is_rate, currency)
    return text("{label}; smallest effect to be seen: {smallest}", label=label, smallest=smallest)


def _gap(value: float, is_rate: bool, currency: str | None) -> str:
    if is_rate:
        return format_number(value, number_format="points")
    return format_number(value, number_format="money", currency=currency)


def _y_label(is_rate: bool) -> str:
    if is_rate:
        return text("Difference in percentage points, with 95% interval")
    return text("Difference per customer, with 95% interval")


def _alt_text(rows: pd.DataFrame, is_rate: bool, segment: str | None, currency: str | None) -> str:
    """The last bar in words."""
    return text(
        "Bars of treated less hold-out. {name}: {gap}, 95% interval {low} to {high}, {verdict}.",
        name=_names(rows, segment)[-1],
        verdict=text(rows.iloc[-1]["verdict"]),
        **_last_gap(rows, is_rate, currency),
    )


def _finding(
    rows: pd.DataFrame,
    is_rate: bool,
    segment: str | None,
    currency: str | None,
    is_rehearsal: bool,
) -> str:
    """The verdict on all, with the numbers of the last bar; on segments, of how many."""
    verdict = _title(rows, is_rate, segment, is_rehearsal)
    if segment:
        return verdict
    gap = _last_gap(rows, is_rate, currency)
    return text("{verdict} ({gap}; 95%: {low} to {high})", verdict=verdict, **gap)


def _last_gap(rows: pd.DataFrame, is_rate: bool, currency: str | None) -> dict[str, str]:
    last = rows.iloc[-1]
    values = {"gap": last["difference"], "low": last["low"], "high": last["high"]}
    return {name: _gap(float(value), is_rate, currency) for name, value in values.items()}
