"""The back-test as a picture: how much better than the worst each forecast was, cut by cut."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("model", "cut", "customers", "log_score", "is_baseline")


def describe_backtest(table: pd.DataFrame) -> Picture:
    """Describe how far each forecast was ahead of the worst one, at each cut.

    Parameters
    ----------
    table : DataFrame
        From `backtest`.

    Returns
    -------
    Picture
        A heatmap: one series per model or rule, the best on top; one category per cut. A cell is the
        log score above that of the worst forecast at the cut, in hundredths of a nat a customer; it
        is empty where there was no forecast.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: differences of a point or two may be chance: `loses_to` of the table says which are
    not.

    Examples
    --------
    >>> table = pd.DataFrame({"model": ["A", "own_rate"], "cut": pd.to_datetime(["2024-01-01"] * 2),
    ...     "customers": 9, "log_score": [-0.5, -0.75], "is_baseline": [False, True]})
    >>> [(row.name, row.values) for row in describe_backtest(table).series]
    [('A', (25.0,)), ('Own rate (rule)', (0.0,))]
    """
    check_table(table, name="backtest", columns=COLUMNS, unique=("model", "cut"))
    score = table.pivot_table(index="model", columns="cut", values="log_score")
    ahead = 100 * (score - score.min())
    ahead = ahead.loc[ahead.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    rules = dict(zip(table["model"], table["is_baseline"], strict=True))
    words = caption(table, key="backtest")
    return Picture(
        kind="heatmap",
        title=text("Which forecast to believe"),
        categories=tuple(f"{day:%Y-%m-%d}" for day in ahead.columns),
        series=tuple(_row(str(name), row, bool(rules[name])) for name, row in ahead.iterrows()),
        number_format="decimal",
        x_label=text("Cut: all that the forecasts knew"),
        row_label=text("Forecast"),
        alt_text=text(
            "{forecasts} forecasts at {cuts} cuts, the best on top: {best}.",
            forecasts=len(ahead),
            cuts=len(ahead.columns),
            best=str(ahead.index[0]),
        ),
        # Who forecasts best, without what else there is to be careful of.
        finding=str(table.attrs.get("verdict", "")).split(". ")[0].rstrip(".") or None,
        **words,
    )


def plot_backtest(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far each forecast was ahead of the worst one, at each cut.

    Parameters
    ----------
    table : DataFrame
        From `backtest`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one rectangle per forecast and cut.

    Raises
    ------
    ArgumentError
        As in `describe_backtest`.

    Notes
    -----
    The trap: a rule that stands above the models says: do not trust the models' numbers here.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"model": ["A", "own_rate"], "cut": pd.to_datetime(["2024-01-01"] * 2),
    ...     "customers": 9, "log_score": [-0.5, -0.75], "is_baseline": [False, True]})
    >>> len(plot_backtest(table, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_backtest(table), ax=ax)


def _row(name: str, row: pd.Series, is_rule: bool) -> Series:
    values = tuple(None if pd.isna(value) else round(float(value), 2) for value in row)
    return Series(_rule_name(name) if is_rule else name, values)


def _rule_name(name: str) -> str:
    names = {
        "own_rate": text("Own rate (rule)"),
        "frequency_group": text("Mean by frequency (rule)"),
        "recent_orders": text("Recent orders (rule)"),
        "lapse_rule": text("Lapsed or not (rule)"),
    }
    return names.get(name, name)
