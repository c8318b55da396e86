"""The matrix of moves: where customers of each stage are at the next look."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.stage_words import NOT_YET_KNOWN, known_stages, stage_word
from retention.errors import ArgumentError, examples
from retention.periods import as_day
from retention.texts import text

COLUMNS = ("period", "from_stage", "to_stage", "customers")
SMALL = 30


def describe_stage_flow(table: pd.DataFrame, *, period: str | None = None) -> Picture:
    """Describe the shares of each stage that stayed, and that moved where.

    Parameters
    ----------
    table : DataFrame
        From `stage_flow`.
    period : str or None
        The first day of the period to show; by default all moves of the table together.

    Returns
    -------
    Picture
        A heatmap: one series per stage that they come from, with its customers (of all periods, if
        several); one category per stage they go to; shares 0..1 of the row. Grey: fewer than 30.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a stage is unknown, or it has no such period.

    Notes
    -----
    The trap: read along a row, whose shares add up to 1, and never down a column. The last row says
    in which stage the newly known are.

    Examples
    --------
    >>> flow = pd.DataFrame({"period": pd.to_datetime(["2024-02-01"] * 4),
    ...     "from_stage": ["new", "new", "at_risk", "at_risk"],
    ...     "to_stage": ["new", "at_risk"] * 2, "customers": [30, 10, 0, 40]})
    >>> [(row.name, row.values) for row in describe_stage_flow(flow).series]
    [('New', (0.75, 0.25)), ('At risk', (0.0, 1.0))]
    """
    unique = ("period", "from_stage", "to_stage")
    check_table(table, name="stage_flow", columns=COLUMNS, unique=unique)
    rows = _of_period(table, period)
    sums = rows.pivot_table(
        index="from_stage", columns="to_stage", values="customers", aggfunc="sum", fill_value=0
    )
    froms = known_stages("stage_flow", sums.index)
    tos = [one for one in known_stages("stage_flow", sums.columns) if _is_shown(one, sums)]
    series = [_row(sums.T[one], one, tos) for one in froms]
    words = caption(table, key="stage_flow")
    grey = text("Grey: fewer than {customers} customers.", customers=SMALL)
    words["footer"] = f"{words['footer']} {grey}".strip()
    return Picture(
        kind="heatmap",
        title=_title(rows),
        categories=tuple(stage_word(one, is_short=True) for one in tos),
        series=tuple(series),
        number_format="percent",
        x_label=text("Stage at the end of the period"),
        row_label=text("Stage before   Customers"),
        scale_max=1.0,
        alt_text=_alt_text(sums),
        finding=_finding(sums),
        **words,
    )


def plot_stage_flow(
    table: pd.DataFrame, *, period: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the shares of each stage that stayed, and that moved where.

    Parameters
    ----------
    table : DataFrame
        From `stage_flow`.
    period : str or None
        As in `describe_stage_flow`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one rectangle per pair of stages.

    Raises
    ------
    ArgumentError
        As in `describe_stage_flow`.

    Notes
    -----
    The trap: several periods together count a customer once in each of them.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> flow = pd.DataFrame({"period": pd.to_datetime(["2024-02-01"] * 2), "from_stage": "new",
    ...     "to_stage": ["new", "at_risk"], "customers": [30, 10]})
    >>> len(plot_stage_flow(flow, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_stage_flow(table, period=period), ax=ax)


def _of_period(table: pd.DataFrame, period: str | None) -> pd.DataFrame:
    if period is None:
        return table
    rows = table[table["period"] == as_day(period, "period")]
    if rows.empty:
        days = table["period"].drop_duplicates().dt.strftime("%Y-%m-%d")
        raise ArgumentError(
            f"period: none of the {len(table)} rows is of the period that begins on {period}; the "
            f"{len(days)} periods begin on {examples(days)}. Choose one of these."
        )
    return rows


def _is_shown(stage: str, sums: pd.DataFrame) -> bool:
    """Nobody goes back to where nobody is known, unless a refund has undone everything."""
    return stage != NOT_YET_KNOWN or bool(sums[stage].sum())


def _row(moves: pd.Series, stage: str, tos: list[str]) -> Series:
    """Shares of one stage; without customers there are none."""
    whole = int(moves.sum())
    return Series(
        name=stage_word(stage),
        values=tuple(float(moves[one]) / whole if whole else None for one in tos),
        customers=whole,
        is_small=(whole < SMALL,) * len(tos),
    )


def _title(rows: pd.DataFrame) -> str:
    starts = rows["period"].drop_duplicates()
    first, last = f"{starts.min():%Y-%m-%d}", f"{starts.max():%Y-%m-%d}"
    if len(starts) == 1:
        return text("Who stayed and who moved in the period from {first} on", first=first)
    return text(
        "Who stayed and who moved: {count} periods, the first from {first} on, the last from {last} on",
        count=len(starts), first=first, last=last,
    )  # fmt: skip


def _finding(sums: pd.DataFrame) -> str:
    """From where to where most customers moved; the newly known come from nowhere."""
    moves = [
        (int(row.loc[to]), str(stage), str(to))
        for stage, row in sums.iterrows()
        for to in sums.columns
        if to != stage != NOT_YET_KNOWN
    ]
    moved, before, after = max(moves, default=(0, "", ""))
    if not moved:
        return text("Nobody moved from one stage to another")
    customers = int(sums.T[before].sum())
    return text(
        "Most moves: from {before} to {after}, {moved} of {customers} ({share})",
        before=stage_word(before),
        after=stage_word(after),
        moved=f"{moved:,}",
        customers=f"{customers:,}",
        share=format_number(moved / customers, number_format="percent"),
    )


def _alt_text(sums: pd.DataFrame) -> str:
    """Where most of each stage are afterwards, in words."""
    most = [
        text(
            "most of {stage}: {to} ({share})",
            stage=stage_word(str(stage)),
            to=stage_word(str(row.idxmax())),
            share=format_number(row.max() / row.sum(), number_format="percent"),
        )
        for stage, row in sums.iterrows()
        if row.sum()
    ]
    return text("Matrix of moves between stages; {rows}.", rows="; ".join(most))
