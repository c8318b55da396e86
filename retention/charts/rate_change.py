"""Why a blended rate changed: what the mix did, and what each segment's own rate did."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number, signed_points
from retention.charts.picture import Picture, Series
from retention.errors import choose
from retention.texts import text

COLUMNS = (
    "weight_before", "weight_after", "retention_rate_before", "retention_rate_after", "within_change",
    "mix_change", "change",
)  # fmt: skip
Steps = Literal["effects", "segments"]
# Of each effect so many segments have a step of their own; the others are one.
MOST = 4
_SMALLEST = 0.0005
# Names of cohorts that are longer stand in the footer only.
_LONGEST = 24
# The same whatever the order of the rows.
_DIGITS = 12


def describe_rate_change(table: pd.DataFrame, *, steps: Steps = "effects") -> Picture:
    """Describe what led from one blended rate to the other: the mix, then the segments' own rates.

    Parameters
    ----------
    table : DataFrame
        From `decompose_change`; its first columns name the segments.
    steps : {"effects", "segments"}
        One step for the mix and one for the rates; or for both the largest four segments and the others.

    Returns
    -------
    Picture
        A waterfall: the rate before, the steps, the rate after. Shares 0..1, and differences of shares.

    Raises
    ------
    ArgumentError
        Where a column is missing or the table is empty.

    Notes
    -----
    The trap: where the mix is large and the own rates are not, the customers did not change, but
    who they are.

    Examples
    --------
    >>> table = pd.DataFrame({"channel": ["web", "shop"],
    ...     "weight_before": [0.5, 0.5], "weight_after": [0.75, 0.25],
    ...     "retention_rate_before": [0.5, 0.25], "retention_rate_after": [0.5, 0.25],
    ...     "within_change": 0.0, "mix_change": [0.03125, 0.03125], "change": [0.03125, 0.03125]})
    >>> picture = describe_rate_change(table)
    >>> picture.categories, picture.series[0].values
    (('Before', 'Mix', 'Own rates', 'After'), (0.375, 0.0625, 0.0, 0.4375))
    """
    choose("steps", steps, get_args(Steps))
    check_table(table, name="decompose_change", columns=COLUMNS)
    before, after = (_blended(table, side) for side in ("before", "after"))
    mix, own = (
        round(float(table[name].sum()), _DIGITS) for name in ("mix_change", "within_change")
    )
    changes = {text("Mix"): mix, text("Own rates"): own}
    if steps == "segments":
        changes = {
            **_by_segment(table, "mix_change", text("Mix: {name}")),
            **_by_segment(table, "within_change", text("Own rate: {name}")),
        }
    names = {"before": text("Before"), "after": text("After")}
    sides = [_side(table, side, name) for side, name in names.items()]
    values = (before, *changes.values(), after)
    said = _said(sides, before, after, mix, own)
    return Picture(
        kind="waterfall",
        title=text(
            "Why the rate changed: who came (mix), and how many of each segment came back (own rates)"
        ),
        categories=(sides[0], *changes, sides[1]),
        series=(Series(text("Rate"), values, "main", is_total=_ends(len(values))),),
        number_format="percent",
        y_label=text("Share who came back; steps in percentage points"),
        is_horizontal=steps == "segments",
        alt_text=text("Steps from one rate to the other. {said}.", said=said),
        finding=said,
        **caption(table, key="decompose_change"),
    )


def plot_rate_change(
    table: pd.DataFrame, *, steps: Steps = "effects", ax: Axes | None = None
) -> Axes:
    """Draw what led from one blended rate to the other: the mix, then the segments' own rates.

    Parameters
    ----------
    table : DataFrame
        From `decompose_change`.
    steps : {"effects", "segments"}
        As in `describe_rate_change`.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with a bar per step.

    Raises
    ------
    ArgumentError
        As in `describe_rate_change`.

    Notes
    -----
    The steps add up to the change, exactly; steps of nothing are left out of those by segment.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"channel": ["web", "shop"],
    ...     "weight_before": [0.5, 0.5], "weight_after": [0.75, 0.25],
    ...     "retention_rate_before": [0.5, 0.25], "retention_rate_after": [0.5, 0.25],
    ...     "within_change": 0.0, "mix_change": [0.03125, 0.03125], "change": [0.03125, 0.03125]})
    >>> len(plot_rate_change(table, ax=Figure().subplots()).patches)
    4
    """
    return draw_picture(describe_rate_change(table, steps=steps), ax=ax)


def _blended(table: pd.DataFrame, side: str) -> float:
    """The rate of all segments; one that is absent weighs nothing."""
    rates = table[f"retention_rate_{side}"].astype("float64").fillna(0.0)
    return round(float((table[f"weight_{side}"].astype("float64") * rates).sum()), _DIGITS)


def _side(table: pd.DataFrame, side: str, name: str) -> str:
    """The cohorts of a side where they are few, else the side."""
    cohorts = str(table.attrs.get("words", {}).get(side, ""))
    return cohorts if 0 < len(cohorts) <= _LONGEST else name


def _ends(count: int) -> tuple[bool, ...]:
    """Only the first and the last bar stand on zero."""
    return (True, *(False,) * (count - 2), True)


def _by_segment(table: pd.DataFrame, effect: str, words: str) -> dict[str, float]:
    """Step by name, the largest first, then the others together; without those that are nothing."""
    sizes = pd.Series(table[effect].to_numpy(dtype="float64"), _names(table)).round(_DIGITS)
    sizes = sizes.sort_index()
    sizes = sizes[sizes != 0].sort_values(key=lambda size: -size.abs(), kind="stable")
    # What would be written as nothing is one of the others.
    own = sizes.iloc[:MOST][lambda size: size.abs() >= _SMALLEST]
    rest = sizes.iloc[len(own) :]
    steps = {words.format(name=name): float(size) for name, size in own.items()}
    if len(rest):
        others = text("others ({count})", count=len(rest))
        steps[words.format(name=others)] = round(float(rest.sum()), _DIGITS)
    return steps


def _names(table: pd.DataFrame) -> list[str]:
    """What stands before the first number: the segment, or several words of it."""
    numbers = ("eligible_before", *COLUMNS)
    first = min(place for place, name in enumerate(table.columns) if name in numbers)
    keys = list(table.columns[:first])
    if not keys:
        return [str(place) for place in table.index]
    return list(table[keys].astype("str").agg(", ".join, axis=1))


def _said(sides: list[str], before: float, after: float, mix: float, own: float) -> str:
    """Both rates, and what of the change is whose."""
    first, last = (format_number(rate, number_format="percent") for rate in (before, after))
    words = {
        "first": first, "last": last, "before": sides[0], "after": sides[1], "mix": signed_points(mix),
        "own": signed_points(own),
    }  # fmt: skip
    if first == last:
        return text(
            "{last} in {after} as in {before}: {own} points by the segments' own rates, {mix} by the mix",
            **words,
        )
    if after > before:
        return text(
            "Up from {first} ({before}) to {last} ({after}): {own} points by the segments' own rates, "
            "{mix} by the mix",
            **words,
        )
    return text(
        "Down from {first} ({before}) to {last} ({after}): {own} points by the segments' own rates, "
        "{mix} by the mix",
        **words,
    )
