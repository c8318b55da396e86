"""How many customers stand at each stage of the life cycle."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError, examples
from retention.texts import text

COLUMNS = ("customer_id", "stage")
# In the order of a life; prospects are shown only where people who never bought are known.
STAGES: dict[str, str] = {
    "prospect": "Prospect",
    "new": "New",
    "growing": "Growing",
    "loyal": "Loyal",
    "at_risk": "At risk",
    "won_back": "Won back",
    "lapsed_once": "Lapsed after one purchase",
    "lapsed": "Lapsed",
}


def describe_lifecycle_stages(table: pd.DataFrame) -> Picture:
    """Describe the number of customers by stage, in life-cycle order.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_stages`: one row per customer.

    Returns
    -------
    Picture
        One series; one category per stage, with its share as note; customers.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a customer occurs twice, or a stage is
        unknown.

    Notes
    -----
    The trap: this is the stock of one date, which does not show who moved.

    Examples
    --------
    >>> stages = pd.DataFrame({"customer_id": list("abcd"),
    ...     "stage": ["new", "new", "loyal", "lapsed"]})
    >>> picture = describe_lifecycle_stages(stages)
    >>> dict(zip(picture.categories, picture.series[0].values))["New"]
    2.0
    """
    check_table(table, name="lifecycle_stages", columns=COLUMNS, unique=("customer_id",))
    counts = table["stage"].value_counts()
    unknown = [stage for stage in counts.index if stage not in STAGES]
    if unknown:
        raise ArgumentError(
            f"lifecycle_stages: {len(unknown)} of {len(counts)} stages are unknown "
            f"({examples(unknown)}). Pass the table that lifecycle_stages(...) returns."
        )
    shown = [stage for stage in STAGES if stage != "prospect" or stage in counts]
    numbers = [float(counts.get(stage, 0)) for stage in shown]
    names = [text(STAGES[stage]) for stage in shown]
    shares = [format_number(n / len(table), number_format="percent") for n in numbers]
    return Picture(
        kind="bar",
        title=text("Customers by stage of the life cycle"),
        categories=tuple(names),
        series=(Series(text("Customers"), tuple(numbers), "main"),),
        y_label=text("Customers"),
        category_notes=tuple(zip(names, shares, strict=True)),
        is_horizontal=True,
        alt_text=text(
            "Bars of customers by stage: {stages}.",
            stages=", ".join(
                f"{name} {format_number(n)} ({share})"
                for name, n, share in zip(names, numbers, shares, strict=True)
            ),
        ),
        **caption(table, key="lifecycle_stages"),
    )


def plot_lifecycle_stages(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the number of customers by stage, in life-cycle order.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_stages`: one row per customer.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one lying bar per stage.

    Raises
    ------
    ArgumentError
        As in `describe_lifecycle_stages`.

    Notes
    -----
    The trap: the thresholds behind the stages stand in the footer: other thresholds, other bars.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> stages = pd.DataFrame({"customer_id": list("abcd"),
    ...     "stage": ["new", "new", "loyal", "lapsed"]})
    >>> axes = plot_lifecycle_stages(stages, ax=Figure().subplots())
    >>> [int(bar.get_width()) for bar in axes.patches]
    [2, 0, 1, 0, 0, 0, 1]
    """
    return draw_picture(describe_lifecycle_stages(table), ax=ax)
