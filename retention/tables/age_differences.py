"""The difference of two groups at every age that is complete for both."""

from __future__ import annotations

import pandas as pd

from retention.tables.difference import difference, share


def age_differences(
    cells: pd.DataFrame, is_group: pd.Series, is_baseline: pd.Series, *, are_others: bool
) -> pd.DataFrame:
    """One row per age: customers over customers of both sides, and the difference of the shares.

    Where the sides are cohorts, an age counts if all of them are complete at it; a baseline of all
    others is those of them that are. Where they are groups of the same cohorts, it rests on the
    cohorts that are complete at it in both. Age 0 is left out where everybody is there by definition.
    """
    sides = cells[is_group | is_baseline].assign(is_group=is_group)
    are_cohorts = not set(cells.loc[is_group, "cohort"]) & set(cells.loc[is_baseline, "cohort"])
    if are_cohorts and are_others:
        sides = sides[sides["is_group"] | sides["is_complete"]]
    whole = _whole_ages(sides, are_others) if are_cohorts else _whole_cohorts(sides)
    sums = _sums(whole, True).join(_sums(whole, False).add_suffix("_baseline"), how="inner")
    is_given = (sums["returned"] == sums["eligible"]) & (
        sums["returned_baseline"] == sums["eligible_baseline"]
    )
    return _compared(sums[~(is_given & (sums.index == 0))])


def _sums(whole: pd.DataFrame, is_group: bool) -> pd.DataFrame:
    side = whole[whole["is_group"] == is_group]
    return pd.DataFrame(side.groupby("age")[["eligible", "returned"]].sum())


def _compared(sums: pd.DataFrame) -> pd.DataFrame:
    first = share(sums["returned"], sums["eligible"])
    second = share(sums["returned_baseline"], sums["eligible_baseline"])
    gap = difference(first, second)
    return pd.DataFrame(
        {
            "at": sums.index.to_numpy("int64"),
            "eligible": sums["eligible"].to_numpy(),
            "eligible_baseline": sums["eligible_baseline"].to_numpy(),
            "in_group": first.value,
            "in_baseline": second.value,
            "difference": gap.value,
            "low": gap.low,
            "high": gap.high,
        }
    )


def _whole_ages(sides: pd.DataFrame, are_others: bool) -> pd.DataFrame:
    """Ages at which every cohort is there and complete; of others, those that are."""
    named = sides[sides["is_group"]] if are_others else sides
    cohorts = named["cohort"].nunique()
    by_age = named.groupby("age").agg(
        cohorts=("cohort", "nunique"), is_complete=("is_complete", "all")
    )
    kept = by_age.index[(by_age["cohorts"] == cohorts) & by_age["is_complete"]]
    return sides[sides["age"].isin(kept)]


def _whole_cohorts(sides: pd.DataFrame) -> pd.DataFrame:
    """Cells of cohorts that are complete at the age in both groups."""
    is_complete = sides.groupby(["cohort", "age"])["is_complete"].transform("all")
    return sides[is_complete]
