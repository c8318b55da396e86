"""The layer cake: each period's amount, in layers by when the customers first bought."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.ages import ages_of
from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.measure_words import measure_words
from retention.charts.number import format_number
from retention.charts.picture import Highlight, NumberFormat, Picture, Series
from retention.errors import ArgumentError
from retention.lunar_new_year import holds_lunar_new_year
from retention.periods import PERIODS, Period, period_label, period_number, period_start
from retention.texts import text

COLUMNS = ("cohort", "age", "amount", "is_complete")
# More columns than three years of weeks are thinner than the lines between them.
MAX_LAYERS, MOST_COLUMNS = 8, 160


def describe_layer_cake(table: pd.DataFrame, *, period: Period | None = None) -> Picture:
    """Describe the amount of each calendar period, stacked by cohort.

    Parameters
    ----------
    table : DataFrame
        From `cohort_value`, one group of it.
    period : {"day", "week", "month", "quarter", "year"} or None
        Period of the cohorts; by default what the table's caption or its dates say.

    Returns
    -------
    Picture
        One series per layer, oldest first, at most eight: cohorts are put together by quarter or
        year; one category per calendar period; amounts in currency.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, holds several groups, or has ages that are no
        calendar periods.

    Notes
    -----
    The trap: a falling layer is normal; what matters is how fast it falls and whether new ones fill
    the gap.

    Examples
    --------
    >>> value = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "amount": [100.0, 40.0, 80.0], "is_complete": True})
    >>> cake = describe_layer_cake(value)
    >>> cake.categories, [(layer.name, layer.values) for layer in cake.series]
    (('2024-01', '2024-02'), [('2024-01', (100.0, 40.0)), ('2024-02', (0.0, 80.0))])
    """
    check_table(table, name="cohort_value", columns=COLUMNS, unique=("cohort", "age"))
    period, kind = ages_of(table, period)
    _require_calendar(kind)
    rows = table.assign(start=_starts(table, period), layer=_layers(table["cohort"], period))
    cake = rows.pivot_table(index="start", columns="layer", values="amount", aggfunc="sum")
    every = _every(cake.index, period)
    cake = cake.reindex(every[-MOST_COLUMNS:]).fillna(0.0)
    partial = set(rows.loc[~rows["is_complete"].astype(bool), "start"])
    layers = [
        Series(
            name=str(name),
            values=tuple(float(v) for v in cake[name]),
            is_partial=tuple(start in partial for start in cake.index),
        )
        for name in cake.columns
    ]
    words = caption(table, key="cohort_value")
    measure = measure_words(table, words["currency"])
    what = measure_words(table, None).total
    new_years = _lunar_new_years(cake.index, period)
    words["footer"] = " ".join(
        [
            *filter(None, [words["footer"]]),
            *_legend(bool(partial), bool(new_years), len(every) - len(cake)),
        ]
    )
    return Picture(
        kind="stacked_bar",
        title=text("{what} by period, in layers by when the customers first bought", what=what),
        categories=tuple(period_label(start, period) for start in cake.index),
        series=tuple(layers),
        number_format=measure.total_format,
        y_label=measure.total,
        highlights=new_years,
        finding=_finding(cake, partial, period, measure.total_format, words["currency"], what),
        alt_text=_alt_text(cake, what, measure.total_format, words["currency"]),
        **words,
    )


def _require_calendar(kind: str) -> None:
    if kind != "calendar":
        raise ArgumentError(
            "cohort_value: ages are windows of days since each customer's own first purchase, which "
            'no calendar period holds. Make the table with alignment="calendar".'
        )


def plot_layer_cake(
    table: pd.DataFrame, *, period: Period | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the amount of each calendar period, stacked by cohort.

    Parameters
    ----------
    table : DataFrame
        From `cohort_value`, one group of it.
    period : {"day", "week", "month", "quarter", "year"} or None
        Period of the cohorts; by default what the table's caption or its dates say.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per layer and period.

    Raises
    ------
    ArgumentError
        As in `describe_layer_cake`.

    Notes
    -----
    Columns, not areas: an area would slope into a period before its cohort existed.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> value = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-01-01", "2024-02-01"]),
    ...     "age": [0, 1, 0], "amount": [100.0, 40.0, 80.0], "is_complete": True})
    >>> len(plot_layer_cake(value, ax=Figure().subplots()).patches)
    4
    """
    return draw_picture(describe_layer_cake(table, period=period), ax=ax)


def _layers(cohorts: pd.Series, period: Period) -> list[str]:
    """The name of each cohort's layer, in the finest period with at most eight; else "before"."""
    coarser: list[Period] = [p for p in ("month", "quarter", "year") if p in PERIODS]
    steps = [period, *(p for p in coarser if PERIODS.index(p) > PERIODS.index(period))]
    unique = cohorts.drop_duplicates()
    labels: list[str] = []
    for step in steps:
        names = {cohort: _layer_label(cohort, step) for cohort in unique}
        labels = cohorts.map(names).tolist()
        if len(set(names.values())) <= MAX_LAYERS:
            return labels
    kept = sorted(set(labels))[-(MAX_LAYERS - 1) :]
    # A blank sorts before every digit, so that this layer stays the lowest.
    before = " " + text("before {period}", period=kept[0])
    return [label if label in kept else before for label in labels]


def _layer_label(cohort: pd.Timestamp, step: Period) -> str:
    """The label of the step that holds the cohort's first day."""
    return period_label(period_start(period_number(cohort, step), step), step)


def _starts(table: pd.DataFrame, period: Period) -> pd.Series:
    """The first day of each cell's calendar period."""
    if period in ("day", "week"):
        return table["cohort"] + pd.to_timedelta(
            table["age"] * (7 if period == "week" else 1), unit="D"
        )
    cells = zip(table["cohort"], table["age"], strict=True)
    return pd.Series([_start(cohort, int(age), period) for cohort, age in cells], table.index)


def _start(cohort: pd.Timestamp, age: int, period: Period) -> pd.Timestamp:
    """The first day of the calendar period; weeks keep the weekday on which the cohort begins."""
    if period == "week":
        return cohort + pd.Timedelta(days=7 * age)
    return period_start(period_number(cohort, period) + age, period)


def _every(starts: pd.Index, period: Period) -> list[pd.Timestamp]:
    """Every period from the first to the last."""
    first, last = starts.min(), starts.max()
    count = (last - first).days // 7 if period == "week" else (
        period_number(last, period) - period_number(first, period)
    )  # fmt: skip
    return [_start(first, age, period) for age in range(count + 1)]


def _lunar_new_years(starts: pd.Index, period: Period) -> tuple[Highlight, ...]:
    """A mark on each month or week that holds the day; other periods are too long or too short."""
    if period not in ("week", "month"):
        return ()
    ends = [_start(start, 1, period) - pd.Timedelta(days=1) for start in starts]
    return tuple(
        Highlight(period_label(start, period), text("Tết"))
        for start, end in zip(starts, ends, strict=True)
        if holds_lunar_new_year(start, end)
    )


def _legend(is_partial: bool, has_new_year: bool, left_out: int) -> list[str]:
    sentences = [text("Striped: the period is not over.")] if is_partial else []
    if left_out:
        sentences.append(text("Earlier periods that are not drawn: {count}.", count=left_out))
    if has_new_year:
        sentences.append(text("Tết: the lunar new year's day lies in that period."))
    return sentences


def _finding(
    cake: pd.DataFrame,
    partial: set[pd.Timestamp],
    period: Period,
    number_format: NumberFormat,
    currency: str | None,
    what: str,
) -> str | None:
    """The latest period that is over, and how much of it customers of before the newest layer brought."""
    whole = cake[[start not in partial for start in cake.index]]
    if whole.empty or len(cake.columns) < 2 or (whole.iloc[-1] < 0).any():
        return None
    latest = whole.iloc[-1]
    total = format_number(float(latest.sum()), number_format=number_format, currency=currency)
    is_money = number_format == "money" and currency
    older = 1 - float(latest.iloc[-1]) / (float(latest.sum()) or 1.0)
    return text(
        "{what} in {period}: {total}, {share} of it from customers won before {layer}",
        what=what, period=period_label(whole.index[-1], period), layer=str(cake.columns[-1]).strip(),
        total=f"{total} {currency}" if is_money else total,
        share=format_number(older, number_format="percent", digits=0),
    )  # fmt: skip


def _alt_text(
    cake: pd.DataFrame, what: str, number_format: NumberFormat, currency: str | None
) -> str:
    """The size of the cake and of its layers in words."""
    sums = ", ".join(
        f"{str(name).strip()}: "
        f"{format_number(float(cake[name].sum()), number_format=number_format, currency=currency)}"
        for name in cake.columns
    )
    return text(
        "Stacked columns over {periods} periods. {what} by first purchase: {sums}.",
        what=what,
        periods=len(cake),
        sums=sums,
    )
