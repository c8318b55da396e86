"""What a chart shows, before anyone draws it.

A `Picture` holds words and numbers only, so that matplotlib and a slide draw the same chart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from retention.texts import current_language

Kind = Literal["line", "bar", "stacked_bar", "waterfall", "heatmap"]
Role = Literal["main", "muted", "accent", "plain"]
# "points" are differences of shares, written with their sign.
NumberFormat = Literal["percent", "points", "integer", "decimal", "money"]


@dataclass(frozen=True)
class Series:
    """One line, one set of bars, or one row of a heatmap; None where there is no value."""

    name: str
    values: tuple[float | None, ...]
    role: Role = "plain"
    low: tuple[float | None, ...] | None = None
    high: tuple[float | None, ...] | None = None
    # Heatmap rows: the number of customers behind the row, and which cells are partial.
    customers: int | None = None
    is_partial: tuple[bool, ...] | None = None
    # Heatmap rows: cells that rest on fewer than 30 customers; their numbers are greyed. Bars that say
    # nothing for sure: they are pale.
    is_small: tuple[bool, ...] | None = None
    # Heatmap rows: cells are squares of such an area, with this number in them; the value is the colour.
    sizes: tuple[float | None, ...] | None = None
    # Steps of a waterfall: which stand on zero; the others go up or down from where the last one ended.
    is_total: tuple[bool, ...] | None = None
    # Among bars: a line over them.
    is_line: bool = False
    # Heatmap rows: a second, smaller line in each cell, the customers behind it.
    notes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Highlight:
    """A point to mark with words: `category` is an entry of the picture's categories."""

    category: str | float
    label: str
    series: str | None = None


@dataclass(frozen=True)
class Picture:
    """One chart as data.

    `categories` are the x values: numbers for a line over days or ages, text for bars; columns of a
    heatmap. `key` is the name of the function that made the table, `call` the way to make it again.
    """

    kind: Kind
    key: str
    title: str
    categories: tuple[str | float, ...]
    series: tuple[Series, ...]
    number_format: NumberFormat = "integer"
    x_label: str = ""
    y_label: str = ""
    currency: str | None = None
    highlights: tuple[Highlight, ...] = ()
    footer: str = ""
    as_of: str | None = None
    call: str = ""
    # What a screen reader says; the deck stamps it on the shape.
    alt_text: str = ""
    # In one sentence, for the title of a slide; None where what is largest, or changed, says it.
    finding: str | None = None
    # Heatmap: the value of the darkest colour, and the columns that stay without colour (age 0).
    scale_max: float | None = None
    uncoloured: tuple[str | float, ...] = ()
    # A second line under some categories (the number at risk); a line chart ticks just these.
    category_notes: tuple[tuple[str | float, str], ...] = ()
    # Bars lie on their side, which long category names need.
    is_horizontal: bool = False
    # What stands above the row names of a heatmap.
    row_label: str = ""
    # How much lies between the low and the high of a series.
    interval_percent: int = 95
    # Of its words: that of the context in which it was described.
    language: str = field(default_factory=current_language)
