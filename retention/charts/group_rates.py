"""A rate of the life cycle, group by group, with its interval: a forest plot."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError, choose
from retention.texts import text

COLUMNS = ("name", "basis", "denominator", "lifecycle_rate", "low", "high")
Rate = Literal["customer_rate", "repeat_rate", "loyalty_rate"]
Basis = Literal["mature", "as_written"]
MOST = 15


def describe_group_rates(
    table: pd.DataFrame, *, rate: Rate = "repeat_rate", basis: Basis = "mature"
) -> Picture:
    """Describe one rate of each group with its 95 % limits, the highest first.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_rates(orders, by=...)`, at one date.
    rate : {"customer_rate", "repeat_rate", "loyalty_rate"}
    basis : {"mature", "as_written"}
        The first year of customers known for a year, or everyone so far.

    Returns
    -------
    Picture
        One series with limits, lying; one category per group with its people below; shares 0..1.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty or has no groups, or none has such a rate.

    Notes
    -----
    The trap: groups whose intervals overlap may be level: the order of the bars is then chance.

    Examples
    --------
    >>> rates = pd.DataFrame({"channel": ["web", "shop"], "name": "repeat_rate", "basis": "mature",
    ...     "denominator": [90, 50], "lifecycle_rate": [0.2, 0.3], "low": [0.1, 0.2], "high": [0.3, 0.4]})
    >>> describe_group_rates(rates).categories
    ('shop', 'web')
    """
    choose("rate", rate, get_args(Rate))
    choose("basis", basis, get_args(Basis))
    keys = _keys(table)
    check_table(table, name="lifecycle_rates", columns=COLUMNS, unique=(*keys, "name", "basis"))
    rows = table[(table["name"] == rate) & (table["basis"] == basis)]
    rows = rows[rows["lifecycle_rate"].notna()]
    if not keys or rows.empty:
        raise ArgumentError(
            f"lifecycle_rates: none of the {len(table)} rows is a group with the {rate} on the basis "
            f'{basis!r}. Pass the table that lifecycle_rates(orders, by="channel") returns, or '
            'basis="as_written".'
        )
    rows = rows.sort_values("lifecycle_rate", ascending=False, kind="stable")
    shown = rows.head(MOST)
    names = shown[keys].astype("str").agg(", ".join, axis=1).tolist()
    values = {name: tuple(map(float, shown[name])) for name in ("lifecycle_rate", "low", "high")}
    words = caption(table, key="lifecycle_rates")
    if len(rows) > MOST:
        more = text("Groups with lower rates that are not drawn: {count}.", count=len(rows) - MOST)
        words["footer"] = " ".join(filter(None, [words["footer"], more]))
    title = _titles()[rate]
    return Picture(
        kind="bar",
        title=title,
        categories=tuple(names),
        series=(Series(title, values["lifecycle_rate"], "main", values["low"], values["high"]),),
        number_format="percent",
        x_label=text("Share, with 95% interval"),
        category_notes=tuple(zip(names, _people(shown), strict=True)),
        is_horizontal=True,
        alt_text=text(
            "Lying bars of {count} groups: highest {first} with {high}, lowest {last} with {low}.",
            count=len(shown), first=names[0], last=names[-1],
            high=format_number(values["lifecycle_rate"][0], number_format="percent"),
            low=format_number(values["lifecycle_rate"][-1], number_format="percent"),
        ),
        **words,
    )  # fmt: skip


def plot_group_rates(
    table: pd.DataFrame,
    *,
    rate: Rate = "repeat_rate",
    basis: Basis = "mature",
    ax: Axes | None = None,
) -> Axes:
    """Draw one rate of each group with its 95 % limits, the highest first.

    Parameters
    ----------
    table : DataFrame
        From `lifecycle_rates(orders, by=...)`, at one date.
    rate : {"customer_rate", "repeat_rate", "loyalty_rate"}
    basis : {"mature", "as_written"}
        As in `describe_group_rates`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with one bar per group and its interval.

    Raises
    ------
    ArgumentError
        As in `describe_group_rates`.

    Notes
    -----
    The trap: a wide interval is a small group: it says little, however long its bar.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> rates = pd.DataFrame({"channel": ["web", "shop"], "name": "repeat_rate", "basis": "mature",
    ...     "denominator": [90, 50], "lifecycle_rate": [0.2, 0.3], "low": [0.1, 0.2], "high": [0.3, 0.4]})
    >>> len(plot_group_rates(rates, ax=Figure().subplots()).patches)
    2
    """
    return draw_picture(describe_group_rates(table, rate=rate, basis=basis), ax=ax)


def _keys(table: pd.DataFrame) -> list[str]:
    """The columns that name the groups: those before `name`."""
    columns = [str(name) for name in getattr(table, "columns", ())]
    before = columns[: columns.index("name")] if "name" in columns else []
    return [name for name in before if name != "as_of"]


def _people(rows: pd.DataFrame) -> list[str]:
    return [format_number(int(count)) for count in rows["denominator"]]


def _titles() -> dict[Rate, str]:
    return {
        "customer_rate": text("Customer rate by group"),
        "repeat_rate": text("Repeat rate by group"),
        "loyalty_rate": text("Loyalty rate by group"),
    }
