"""What a back-test says, in words that follow from its table alone."""

from __future__ import annotations

import pandas as pd

from retention.models.interval_level import HIGH, LOW
from retention.texts import text

# Digits of a log score that mean anything.
SAME = 6


def verdict(table: pd.DataFrame) -> str:
    """Who is best over all cuts, who loses clearly, and what to be careful of.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "model": ["A", "B"], "cut": pd.to_datetime(["2024-01-01"] * 2), "customers": [9, 9],
    ...     "log_score": [-1.0, -2.0], "rank": [1, 2], "loses_to": ["", "A"],
    ...     "coverage_90": [0.9, 0.9], "is_baseline": [False, True],
    ... })
    >>> verdict(table)
    'A forecasts best from 2024-01-01. Clearly worse at every cut: B.'
    """
    scored = table[table["log_score"].notna()]
    if scored.empty:
        return text("No forecast could be made at any cut.")
    best = best_model(scored)
    said = [_winner(scored, best), _losers(scored, best), _coverage(scored, best), _missing(table)]
    return " ".join(each for each in said if each)


def best_model(table: pd.DataFrame) -> str:
    """The highest mean log score over the customers of all cuts, among those that have every cut."""
    cuts = table.groupby("model")["cut"].nunique()
    full = table[table["model"].isin(cuts.index[cuts == cuts.max()])]
    total = (full["log_score"] * full["customers"]).groupby(full["model"]).sum()
    mean = (total / full.groupby("model")["customers"].sum()).round(SAME)
    # Models that arrive at the same nested one have the same score.
    firsts = (full["rank"] == 1).groupby(full["model"]).sum()
    return str(firsts[mean.index[mean == mean.max()]].idxmax())


def _winner(table: pd.DataFrame, best: str) -> str:
    mine = table[table["model"] == best]
    cuts = table["cut"].nunique()
    said = text(
        "{best} forecasts best: it has the highest log score over {cuts} cuts, and is first at {first}.",
        best=best, cuts=cuts, first=int((mine["rank"] == 1).sum()),
    )  # fmt: skip
    if cuts == 1:
        day = table["cut"].iloc[0]
        said = text("{best} forecasts best from {day}.", best=best, day=f"{day:%Y-%m-%d}")
    rivals = sorted(_losing_to(mine))
    if rivals:
        said += " " + text("At some cut it loses to {rivals}.", rivals=", ".join(rivals))
    if mine["is_baseline"].any():
        said += " " + text(
            "No model beats this simple rule: do not trust the models' numbers here."
        )
    return said


def _losing_to(rows: pd.DataFrame) -> set[str]:
    return {name for each in rows["loses_to"] for name in each.split(", ") if name}


def _losers(table: pd.DataFrame, best: str) -> str:
    """Those that lose clearly to somebody: in every cut, or in some."""
    others = table[table["model"] != best]
    loses = (others["loses_to"] != "").groupby(others["model"], sort=True)
    always = [str(name) for name, is_so in loses.all().items() if is_so]
    some = [str(name) for name, is_so in loses.any().items() if is_so and name not in always]
    close = [str(name) for name, is_so in loses.any().items() if not is_so]
    said = {
        text("Clearly worse at every cut: {names}.", names=", ".join(always)): always,
        text("Clearly worse at some cut: {names}.", names=", ".join(some)): some,
        text("Not clearly worse: {names}.", names=", ".join(close)): close,
    }
    return " ".join(words for words, names in said.items() if names)


def _coverage(table: pd.DataFrame, best: str) -> str:
    found = table.loc[table["model"] == best, "coverage_90"]
    off = found[(found < LOW) | (found > HIGH)]
    if off.empty:
        return ""
    return text(
        "Its 90 % intervals held {low} to {high} of the customers: they are not to be believed as they are.",
        low=f"{100 * found.min():.0f}%", high=f"{100 * found.max():.0f}%",
    )  # fmt: skip


def _missing(table: pd.DataFrame) -> str:
    gone = sorted(set(table.loc[table["log_score"].isna(), "model"]))
    return text("Without a forecast at some cut: {names}.", names=", ".join(gone)) if gone else ""
