"""What became of the lines of the source: read, set aside rule by rule, used."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.caption import caption, check_table
from retention.charts.draw import draw_picture
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError
from retention.texts import text

COLUMNS = ("rule", "lines", "lines_set_aside")
SHOWN_RULES = 7  # the largest; the labels of more would run into each other
_READ, _USED = "lines_read", "lines_used"


def describe_audit(table: pd.DataFrame) -> Picture:
    """Describe how many lines each rule set aside, from all lines down to those used.

    Parameters
    ----------
    table : DataFrame
        `Orders.audit`, whole and in its own order.

    Returns
    -------
    Picture
        Two series, lines kept and lines set aside; one category for the lines read, one for each of
        the seven rules that set most lines aside, one for all others, one for the lines used; lines.

    Raises
    ------
    ArgumentError
        Where a column is missing, the table is empty, a rule occurs twice, or the lines do not
        add up.

    Notes
    -----
    The trap: a line counts at the first rule that takes it; a rule that only reports is not shown.

    Examples
    --------
    >>> audit = pd.DataFrame({"rule": ["lines_read", "missing_customer", "lines_used"],
    ...     "lines": [100, 25, 75], "lines_set_aside": [0, 25, 0]})
    >>> [(bars.name, bars.values) for bars in describe_audit(audit).series]
    [('Kept', (100.0, 75.0, 75.0)), ('Set aside', (0.0, 25.0, 0.0))]
    """
    check_table(table, name="Orders.audit", columns=COLUMNS, unique=("rule",))
    lines = table.set_index("rule")["lines"]
    rules = table[~table["rule"].isin([_READ, _USED]) & (table["lines_set_aside"] > 0)]
    _check_sum(lines, rules)
    steps = _steps(rules)
    taken = [0, *steps.values(), 0]
    kept = [int(lines[_READ]) - sum(taken[: i + 1]) for i in range(len(taken))]
    names = [_rule_name(_READ), *steps, _rule_name(_USED)]
    amounts = [kept[0], *taken[1:-1], kept[-1]]
    notes = [_note(n, int(lines[_READ])) for n in amounts]
    return Picture(
        kind="stacked_bar",
        title=text("From the lines of the source to the lines used"),
        categories=tuple(names),
        series=(
            Series(text("Kept"), tuple(float(n) for n in kept), "main"),
            Series(text("Set aside"), tuple(float(n) for n in taken), "accent"),
        ),
        y_label=text("Lines"),
        category_notes=tuple(zip(names, notes, strict=True)),
        is_horizontal=True,
        alt_text=text(
            "Bars of lines: {steps}.",
            steps=", ".join(f"{n} {note}" for n, note in zip(names, notes, strict=True)),
        ),
        finding=text("Lines used: {used} of {read}", used=f"{kept[-1]:,}", read=f"{kept[0]:,}"),
        **caption(table, key="audit"),
    )


def plot_audit(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many lines each rule set aside, from all lines down to those used.

    Parameters
    ----------
    table : DataFrame
        `Orders.audit`, whole and in its own order.
    ax : Axes or None
        Where to draw; by default a new figure.

    Returns
    -------
    Axes
        The axes, with two lying bars per step, one after the other.

    Raises
    ------
    ArgumentError
        As in `describe_audit`.

    Notes
    -----
    The trap: few lines can be much money, and the other way round: read `amount_set_aside` too.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> audit = pd.DataFrame({"rule": ["lines_read", "missing_customer", "lines_used"],
    ...     "lines": [100, 25, 75], "lines_set_aside": [0, 25, 0]})
    >>> axes = plot_audit(audit, ax=Figure().subplots())
    >>> [int(bar.get_width()) for bar in axes.patches]
    [100, 75, 75, 0, 25, 0]
    """
    return draw_picture(describe_audit(table), ax=ax)


def _check_sum(lines: pd.Series, rules: pd.DataFrame) -> None:
    """Refuse an audit from which rows were taken: the bars would not meet."""
    missing = [rule for rule in (_READ, _USED) if rule not in lines.index]
    if missing:
        raise ArgumentError(
            f"Orders.audit: {len(missing)} of 2 needed rows are missing ({missing[0]!r}). "
            "Pass orders.audit whole."
        )
    difference = int(lines[_READ] - rules["lines_set_aside"].sum() - lines[_USED])
    if difference:
        raise ArgumentError(
            f"Orders.audit: {difference:,} of {int(lines[_READ]):,} lines are neither used nor "
            "set aside, so the bars would not meet. Pass orders.audit whole, not filtered."
        )


def _steps(rules: pd.DataFrame) -> dict[str, int]:
    """Lines set aside by the rules that took most, in the audit's order, then by all others."""
    is_small = rules["lines_set_aside"].rank(ascending=False, method="first") > SHOWN_RULES
    if is_small.sum() <= 1:
        is_small[:] = False
    large, small = rules[~is_small], rules[is_small]
    names = [_rule_name(str(rule)) for rule in large["rule"]]
    steps = {name: int(n) for name, n in zip(names, large["lines_set_aside"], strict=True)}
    if len(small):
        others = text("{count} other rules", count=len(small))
        steps[others] = int(small["lines_set_aside"].sum())
    return steps


def _rule_name(rule: str) -> str:
    """A rule as words: lines_read becomes "Lines read"."""
    return text(rule.replace("_", " ").capitalize())


def _note(lines: int, total: int) -> str:
    """The number of lines and their share of all."""
    share = format_number(lines / total if total else None, number_format="percent")
    if lines and share == "0.0%":
        share = "<0.1%"
    return text("{lines} ({share})", lines=f"{lines:,}", share=share)
