"""How many customers stood in each stage, at the end of each period."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.end_labels import end_labels
from retention.charts.picture import Picture, Series
from retention.charts.stage_words import known_stages, stage_word
from retention.texts import text

COLUMNS = ("as_of", "stage", "customers")
MOST_ENDS = 60


def describe_stage_counts(table: pd.DataFrame) -> Picture:
    """Describe the numbers of customers by stage over time.

    Parameters
    ----------
    table : DataFrame
        From `stage_counts`.

    Returns
    -------
    Picture
        One series per stage in life-cycle order; one category per day, the latest sixty; customers.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a stage is unknown or occurs twice on a day.

    Notes
    -----
    The trap: the lapsed only add up: look at the layers below them.

    Examples
    --------
    >>> counts = pd.DataFrame({"as_of": pd.to_datetime(["2024-01-31", "2024-02-29"] * 2),
    ...     "stage": ["new", "new", "lapsed", "lapsed"], "customers": [5, 7, 1, 3]})
    >>> picture = describe_stage_counts(counts)
    >>> picture.categories, [(layer.name, layer.values) for layer in picture.series]
    (('2024-01', '2024-02'), [('New', (5.0, 7.0)), ('Lapsed', (1.0, 3.0))])
    """
    check_table(table, name="stage_counts", columns=COLUMNS, unique=("as_of", "stage"))
    stages = known_stages("stage_counts", table["stage"])
    wide = table.pivot_table(index="as_of", columns="stage", values="customers").fillna(0)
    left_out = len(wide) - MOST_ENDS
    wide = wide.tail(MOST_ENDS)
    names = end_labels(wide.index)
    layers = [Series(stage_word(one), tuple(float(n) for n in wide[one])) for one in stages]
    words = caption(table, key="stage_counts")
    if left_out > 0:
        note = text("Earlier periods that are not drawn: {count}.", count=left_out)
        words["footer"] = f"{words['footer']} {note}".strip()
    return Picture(
        kind="stacked_bar",
        title=text("Customers by stage of the life cycle, over time"),
        categories=tuple(names),
        series=tuple(layers),
        y_label=text("Customers at the end of the period"),
        alt_text=_alt_text(wide, names),
        **words,
    )


def plot_stage_counts(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the numbers of customers by stage over time.

    Parameters
    ----------
    table : DataFrame
        From `stage_counts`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per stage and day.

    Raises
    ------
    ArgumentError
        As in `describe_stage_counts`.

    Notes
    -----
    The trap: these are stocks, which do not show who moved. `plot_stage_flow` does.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> counts = pd.DataFrame({"as_of": pd.to_datetime(["2024-01-31", "2024-02-29"]),
    ...     "stage": "new", "customers": [5, 7]})
    >>> len(plot_stage_counts(counts, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_stage_counts(table), ax=ax)


def _alt_text(wide: pd.DataFrame, names: list[str]) -> str:
    sizes = ", ".join(
        text(
            "{stage} {before} to {now}", stage=stage_word(str(stage)),
            before=f"{wide[stage].iloc[0]:,.0f}", now=f"{wide[stage].iloc[-1]:,.0f}",
        )
        for stage in wide.columns
    )  # fmt: skip
    return text(
        "Stacked columns of customers by stage, {first} to {last}: {sizes}.",
        first=names[0], last=names[-1], sizes=sizes,
    )  # fmt: skip
