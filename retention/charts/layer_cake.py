"""The layer cake: each period's amount, in layers by when the customers first bought."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.ages import period_of
from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.periods import PERIODS, Period, period_label, period_number, period_start
from retention.texts import text

COLUMNS = ("cohort", "age", "amount", "is_complete")
MAX_LAYERS = 8


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
        Where a column is missing, the table is empty, or it holds several groups.

    Notes
    -----
    A falling layer is normal; what matters is how fast it falls and whether new ones fill the gap.

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
    period = period_of(table, period)
    rows = table.assign(
        number=[period_number(c, period) for c in table["cohort"]] + table["age"].to_numpy(),
        layer=_layers(table["cohort"], period),
    )
    cake = rows.pivot_table(index="number", columns="layer", values="amount", aggfunc="sum")
    cake = cake.reindex(range(rows["number"].min(), rows["number"].max() + 1)).fillna(0.0)
    partial = set(rows.loc[~rows["is_complete"].astype(bool), "number"])
    layers = [
        Series(
            name=str(name),
            values=tuple(float(v) for v in cake[name]),
            is_partial=tuple(number in partial for number in cake.index),
        )
        for name in cake.columns
    ]
    words = caption(table, key="cohort_value")
    if partial:
        striped = text("Striped: the period is not over.")
        words["footer"] = f"{words['footer']} {striped}".strip()
    return Picture(
        kind="stacked_bar",
        title=text("Net amount by period, in layers by when the customers first bought"),
        categories=tuple(period_label(period_start(n, period), period) for n in cake.index),
        series=tuple(layers),
        number_format="money",
        y_label=_y_label(words["currency"]),
        alt_text=_alt_text(cake, words["currency"]),
        **words,
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
    labels: list[str] = []
    for step in steps:
        labels = [_layer_label(cohort, step) for cohort in cohorts]
        if len(set(labels)) <= MAX_LAYERS:
            return labels
    kept = sorted(set(labels))[-(MAX_LAYERS - 1) :]
    # A blank sorts before every digit, so that this layer stays the lowest.
    before = " " + text("before {period}", period=kept[0])
    return [label if label in kept else before for label in labels]


def _layer_label(cohort: pd.Timestamp, step: Period) -> str:
    """The label of the step that holds the cohort's first day."""
    return period_label(period_start(period_number(cohort, step), step), step)


def _y_label(currency: str | None) -> str:
    """The amount with its currency, where it is known."""
    return text("Net amount, {currency}", currency=currency) if currency else text("Net amount")


def _alt_text(cake: pd.DataFrame, currency: str | None) -> str:
    """The size of the cake and of its layers in words."""
    sums = ", ".join(
        f"{str(name).strip()}: "
        f"{format_number(float(cake[name].sum()), number_format='money', currency=currency)}"
        for name in cake.columns
    )
    return text(
        "Stacked columns over {periods} periods. Net amount by first purchase: {sums}.",
        periods=len(cake),
        sums=sums,
    )
