"""A rate of the life cycle over time: at the end of each period, as known then."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.end_labels import end_labels
from retention.charts.number import format_number
from retention.charts.picture import Picture, Role, Series
from retention.errors import ArgumentError, choose
from retention.texts import text

COLUMNS = ("as_of", "name", "basis", "lifecycle_rate", "low", "high")
Basis = Literal["mature", "as_written"]
NAMES: dict[str, tuple[str, Role]] = {
    "customer_rate": ("Customer rate", "plain"),
    "repeat_rate": ("Repeat rate", "main"),
    "loyalty_rate": ("Loyalty rate", "accent"),
}
TITLES: dict[Basis, str] = {
    "mature": "First year of those known for a year: the rates over time",
    "as_written": "Everyone so far: the rates over time",
}


def describe_rate_history(table: pd.DataFrame, *, basis: Basis = "mature") -> Picture:
    """Describe the three rates over time, with their intervals.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_rates` with a period, one group of it.
    basis : {"mature", "as_written"}
        The first year of customers known for a year, or everyone so far.

    Returns
    -------
    Picture
        One series per rate with its 95 % band; one category per day; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a rate occurs twice on a day, or none has a value
        on this basis.

    Notes
    -----
    The trap: the mature rates of neighbouring months share most of their customers: a step is never
    sudden.

    Examples
    --------
    >>> rates = pd.DataFrame({"as_of": pd.to_datetime(["2024-01-31", "2024-02-29"]),
    ...     "name": "repeat_rate", "basis": "mature", "lifecycle_rate": [0.2, 0.3],
    ...     "low": [0.1, 0.2], "high": [0.3, 0.4]})
    >>> [(line.name, line.values) for line in describe_rate_history(rates).series]
    [('Repeat rate', (0.2, 0.3))]
    """
    choose("basis", basis, get_args(Basis))
    check_table(table, name="lifecycle_rates", columns=COLUMNS, unique=("as_of", "name", "basis"))
    rows = table[(table["basis"] == basis) & table["lifecycle_rate"].notna()]
    if rows.empty:
        raise ArgumentError(
            f"lifecycle_rates: none of the {len(table)} rows has a rate on the basis {basis!r}: nobody "
            'has been a customer for a year yet. Pass basis="as_written".'
        )
    days = pd.Index(sorted(rows["as_of"].unique()))
    names = [name for name in NAMES if (rows["name"] == name).any()]
    lines = [_line(rows[rows["name"] == name].set_index("as_of"), name, days) for name in names]
    return Picture(
        kind="line",
        title=text(TITLES[basis]),
        categories=tuple(end_labels(days)),
        series=tuple(lines),
        number_format="percent",
        y_label=text("Share at the end of the period, with 95% interval"),
        alt_text=_alt_text(rows, names),
        finding=_finding(lines, names, end_labels(days)),
        **caption(table, key="lifecycle_rates"),
    )


def plot_rate_history(
    table: pd.DataFrame, *, basis: Basis = "mature", ax: Axes | None = None
) -> Axes:
    """Draw the three rates over time, with their intervals.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_rates` with a period, one group of it.
    basis : {"mature", "as_written"}
        As in `describe_rate_history`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one line and band per rate.

    Raises
    ------
    ArgumentError
        As in `describe_rate_history`.

    Notes
    -----
    The trap: as written the rates sink when many new customers come, and rise when they stop
    coming.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> rates = pd.DataFrame({"as_of": pd.to_datetime(["2024-01-31", "2024-02-29"]),
    ...     "name": "repeat_rate", "basis": "mature", "lifecycle_rate": [0.2, 0.3],
    ...     "low": [0.1, 0.2], "high": [0.3, 0.4]})
    >>> len(plot_rate_history(rates, ax=Figure().subplots()).get_lines())
    1
    """
    return draw_picture(describe_rate_history(table, basis=basis), ax=ax)


def _finding(lines: list[Series], names: list[str], days: list[str]) -> str | None:
    """The repeat rate at the end, beside where it began."""
    if "repeat_rate" not in names:
        return None
    line = lines[names.index("repeat_rate")]
    known = {place: value for place, value in enumerate(line.values) if value is not None}
    if len(known) < 2:
        return None
    first, last = min(known), max(known)
    now, before = (format_number(known[place], number_format="percent") for place in (last, first))
    return text(
        "{name}: {value} in {last}, {other} in {first}",
        name=line.name, value=now, other=before, last=days[last], first=days[first],
    )  # fmt: skip


def _line(rows: pd.DataFrame, name: str, days: pd.Index) -> Series:
    words, role = NAMES[name]
    rate, low, high = (
        tuple(None if pd.isna(one) else float(one) for one in rows[column].reindex(days))
        for column in ("lifecycle_rate", "low", "high")
    )
    return Series(text(words), rate, role, low, high)


def _alt_text(rows: pd.DataFrame, names: list[str]) -> str:
    said = []
    for name in names:
        of_name = rows[rows["name"] == name].sort_values("as_of")["lifecycle_rate"]
        first, last = (
            format_number(float(of_name.iloc[place]), number_format="percent") for place in (0, -1)
        )
        words = text(NAMES[name][0])
        said.append(text("{name} from {first} to {last}", name=words, first=first, last=last))
    return text("Lines of rates over time: {rates}.", rates=", ".join(said))
