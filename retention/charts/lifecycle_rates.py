"""Customer rate, repeat rate and loyalty rate, as written and for mature customers."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Role, Series
from retention.charts.rates_said import rates_said
from retention.texts import text

COLUMNS = ("name", "basis", "lifecycle_rate", "low", "high")
_NAMES = {
    "customer_rate": "Customer rate",
    "repeat_rate": "Repeat rate",
    "loyalty_rate": "Loyalty rate",
}
_BASES: dict[str, tuple[str, Role]] = {
    "as_written": ("Everyone so far", "muted"),
    "mature": ("First year of those known for a year", "main"),
}


def describe_lifecycle_rates(table: pd.DataFrame) -> Picture:
    """Describe the three rates with their intervals, on both bases.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_rates`.

    Returns
    -------
    Picture
        One series per basis with 95 % limits; one category per rate; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, or a rate occurs twice on one basis.

    Notes
    -----
    The trap: "Everyone so far" moves with the age of the customers; compare years on the mature
    basis.

    Examples
    --------
    >>> rates = pd.DataFrame({"name": ["repeat_rate", "repeat_rate"],
    ...     "basis": ["as_written", "mature"], "lifecycle_rate": [0.3, 0.25],
    ...     "low": [0.28, 0.2], "high": [0.32, 0.3]})
    >>> [(bars.role, bars.values) for bars in describe_lifecycle_rates(rates).series]
    [('muted', (0.3,)), ('main', (0.25,))]
    """
    check_table(table, name="lifecycle_rates", columns=COLUMNS, unique=("name", "basis"))
    names = [name for name in _NAMES if (table["name"] == name).any()]
    names += [name for name in table["name"].drop_duplicates() if name not in _NAMES]
    series = [
        _series(table[table["basis"] == basis], names, basis)
        for basis in table["basis"].drop_duplicates()
    ]
    labels = [text(_NAMES.get(name, name)) for name in names]
    return Picture(
        kind="bar",
        title=_title(names, labels),
        categories=tuple(labels),
        series=tuple(series),
        number_format="percent",
        y_label=text("Share, with 95% interval"),
        alt_text=_alt_text(labels, series),
        finding=_finding(names, series[-1]),
        **caption(table, key="lifecycle_rates"),
    )


def plot_lifecycle_rates(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the three rates with their intervals, on both bases.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_rates`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per rate and basis.

    Raises
    ------
    ArgumentError
        As in `describe_lifecycle_rates`.

    Notes
    -----
    The trap: the three rates have different denominators and cannot be multiplied across bases.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> rates = pd.DataFrame({"name": ["repeat_rate", "repeat_rate"],
    ...     "basis": ["as_written", "mature"], "lifecycle_rate": [0.3, 0.25],
    ...     "low": [0.28, 0.2], "high": [0.32, 0.3]})
    >>> axes = plot_lifecycle_rates(rates, ax=Figure().subplots())
    >>> [float(bar.get_height()) for bar in axes.patches]
    [0.3, 0.25]
    """
    return draw_picture(describe_lifecycle_rates(table), ax=ax)


def _title(names: list[str], labels: list[str]) -> str:
    """The rates that are drawn: without a table of people there is no customer rate."""
    if names == list(_NAMES):
        return text("Customer rate, repeat rate and loyalty rate")
    if names == list(_NAMES)[1:]:
        return text("Repeat rate and loyalty rate")
    return ", ".join(labels)


def _series(rows: pd.DataFrame, names: list[str], basis: str) -> Series:
    """The rates on one basis; None where nobody could be counted."""
    label, role = _BASES.get(basis, (basis, "plain"))
    by_name = rows.set_index("name").reindex(names)
    rate, low, high = (
        tuple(None if pd.isna(value) else float(value) for value in by_name[column])
        for column in ("lifecycle_rate", "low", "high")
    )
    return Series(text(label), rate, role, low, high)


def _alt_text(labels: list[str], series: list[Series]) -> str:
    """Every rate in words."""
    return text("Bars of rates: {rates}.", rates=rates_said(labels, series))


def _finding(names: list[str], bars: Series) -> str | None:
    """The two rates of customers; each has other people below it, so none is ahead of the other."""
    rates = dict(zip(names, bars.values, strict=True))
    repeat, loyalty = rates.get("repeat_rate"), rates.get("loyalty_rate")
    if repeat is None or loyalty is None:
        return None
    return text(
        "{repeat} of the customers buy again, and {loyalty} of these become loyal",
        repeat=format_number(repeat, number_format="percent"),
        loyalty=format_number(loyalty, number_format="percent"),
    )
