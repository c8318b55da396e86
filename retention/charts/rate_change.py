"""Why a blended rate changed: what each segment's own rate did, and what the mix did."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.texts import text

COLUMNS = ("within_change", "mix_change", "change")
MOST = 10


def describe_rate_change(table: pd.DataFrame) -> Picture:
    """Describe the change of a blended rate, segment by segment, and together.

    Parameters
    ----------
    table : DataFrame
        From `decompose_change`; its first columns name the segments.

    Returns
    -------
    Picture
        Two series, own rate and mix, side by side; one category per segment with its change below, the
        largest changes first, at last all together. Differences of shares.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    Where the blue is small and the change large, the customers did not change, but who they are.

    Examples
    --------
    >>> table = pd.DataFrame({"channel": ["web", "shop"], "eligible_before": [5, 5],
    ...     "within_change": [0.01, -0.02], "mix_change": [0.03, 0.0], "change": [0.04, -0.02]})
    >>> [(bars.name, bars.values) for bars in describe_rate_change(table).series][0]
    ('Own rate', (0.01, -0.02, -0.01))
    """
    check_table(table, name="decompose_change", columns=COLUMNS)
    names = _names(table)
    sizes = names.to_frame("name").assign(size=table["change"].abs())
    order = sizes.sort_values(["size", "name"], ascending=[False, True]).index
    parts = table.loc[order[:MOST], list(COLUMNS)]
    rest = table.loc[order[MOST:], list(COLUMNS)].sum()
    categories = [names[place] for place in parts.index]
    rows = [parts, rest.to_frame().T] if len(order) > MOST else [parts]
    categories += [text("{count} others", count=len(order) - MOST)] * (len(order) > MOST)
    rows.append(table[list(COLUMNS)].sum().to_frame().T)
    # The same whatever the order of the rows.
    values = pd.concat(rows).astype("float64").round(12)
    words = caption(table, key="decompose_change")
    total, names_shown = values.iloc[-1], (*categories, text("Together"))
    together = text(
        "Together {change}: {within} by the segments' own rates, {mix} by the mix",
        change=_points(total["change"]),
        within=_points(total["within_change"]),
        mix=_points(total["mix_change"]),
    )
    return Picture(
        kind="bar",
        title=text("Why the rate changed: segment by segment, and together"),
        categories=names_shown,
        series=(
            Series(text("Own rate"), tuple(map(float, values["within_change"])), "main"),
            Series(text("Mix"), tuple(map(float, values["mix_change"])), "accent"),
        ),
        number_format="points",
        x_label=text("Below each segment: its change, own rate and mix together"),
        y_label=text("Percentage points"),
        category_notes=tuple(zip(names_shown, map(_points, values["change"]), strict=True)),
        alt_text=text("Bars of changes by segment. {together}.", together=together),
        finding=together,
        **words,
    )


def plot_rate_change(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the change of a blended rate, segment by segment, and together.

    Parameters
    ----------
    table : DataFrame
        From `decompose_change`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with a pair of bars per segment.

    Raises
    ------
    ArgumentError
        As in `describe_rate_change`.

    Notes
    -----
    The parts of the segments add up to the parts of the whole, exactly.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"channel": ["web", "shop"], "eligible_before": [5, 5],
    ...     "within_change": [0.01, -0.02], "mix_change": [0.03, 0.0], "change": [0.04, -0.02]})
    >>> len(plot_rate_change(table, ax=Figure().subplots()).patches)
    6
    """
    return draw_picture(describe_rate_change(table), ax=ax)


def _names(table: pd.DataFrame) -> pd.Series:
    """What stands before the first number: the segment, or several words of it."""
    own = ("eligible_before", *COLUMNS)
    first = min(place for place, name in enumerate(table.columns) if name in own)
    keys = list(table.columns[:first])
    if not keys:
        return pd.Series([str(place) for place in table.index], table.index)
    return table[keys].astype("str").agg(", ".join, axis=1)


def _points(value: float) -> str:
    return format_number(float(value), number_format="points")
