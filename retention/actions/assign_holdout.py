"""Who is left out of a campaign on purpose, so that its effect can be measured."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from retention.actions.split_ids import split_ids
from retention.actions.value_bands import BANDS, held_of_band, value_bands
from retention.errors import ArgumentError, examples, require_columns, require_number
from retention.hidden_ids import example_cells
from retention.kinds import as_names, require_text
from retention.names import GLOSSARY, MISSING, check_columns
from retention.periods import as_day
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    ("customer_id", "value_band", "arm", "prediction", "planned_at", "salt", "is_kept")
)
TREATED, HOLDOUT = "treated", "holdout"
HINT = "Pass one row per customer, as customer_value() or customer_profile() returns it."


@repeatable
def assign_holdout(
    customers: pd.DataFrame,
    *,
    salt: str,
    planned_at: str | date | pd.Timestamp,
    share: float = 0.1,
    value: str = "expected_value",
    bands: int = BANDS,
    by: str | list[str] | tuple[str, ...] | None = None,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Split an audience into those who are contacted and a hold-out that is not.

    In each band of value the round(share x n) customers with the smallest SHA-256 of
    "salt|customer_id" are held out, so that anybody can draw the same split again.

    Parameters
    ----------
    customers : DataFrame
        The audience, one row per customer: customer_id, the column `value`, and those in `by`.
    salt : str
        Name of the campaign. Another name draws another split.
    planned_at : date
        Day on which the campaign is planned to begin; the read-out counts from it for everybody.
    share : float
        Share of each band that is held out, above 0 and up to 0.5.
    value : str
        Column with what the model expected of the customer. It makes the bands, and the read-out is
        sharper by it.
    bands : int
        Number of bands of about equal size; equal values share a band.
    by : str or list of str
        Columns to keep for a read-out by segment.
    earlier : DataFrame
        An earlier split. Whoever was in it keeps the arm, contacted or not; only the others are drawn.

    Returns
    -------
    DataFrame, one row per customer, by customer_id
        by (str), customer_id (str), value_band (int64, 1 is the lowest; 0 whoever keeps an earlier arm),
        arm (str: treated or holdout), prediction (float64, as `value`), planned_at (datetime64[us]),
        salt (str), is_kept (bool, the arm is that of the earlier split). Save it: it is what
        `campaign_lift` reads.

    Raises
    ------
    ArgumentError
        If ids are missing or come twice, a value is missing, nobody would be held out, or an argument
        is out of range.

    Notes
    -----
    The trap: the split must be made before the first contact and never changed. Customers who are
    taken out later, because they could not be reached or had just bought, stay in their arm.

    References
    ----------
    Kohavi, Tang and Xu (2020), Trustworthy online controlled experiments.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame({"customer_id": list("abcd"), "expected_value": [1.0, 2, 3, 4]})
    >>> split = assign_holdout(
    ...     customers, salt="tet", planned_at="2024-01-15", share=0.5, bands=2)
    >>> split[["customer_id", "value_band", "arm"]]
      customer_id  value_band      arm
    0           a           1  treated
    1           b           1  holdout
    2           c           2  treated
    3           d           2  holdout
    """
    names = list(as_names("by", by))
    _check(salt, share, bands, value)
    day = as_day(planned_at, "planned_at")
    table = _audience(customers, value, names)
    table = table.assign(planned_at=day, salt=salt)
    table["arm"] = _kept_arms(table["customer_id"], earlier)
    table["is_kept"] = table["arm"].notna()
    fresh = table[~table["is_kept"]]
    table["value_band"] = value_bands(fresh["prediction"], bands).reindex(table.index, fill_value=0)
    held = _held_out(fresh.assign(value_band=table["value_band"]), salt, share)
    table.loc[fresh.index, "arm"] = np.where(held, HOLDOUT, TREATED)
    _check_arms(table, share)
    result = table.sort_values("customer_id", ignore_index=True)[[*names, *COLUMNS]]
    result = result.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    result.attrs = _caption(result, salt, share, day)
    return result


def _check(salt: str, share: float, bands: int, value: str) -> None:
    require_text("value", value, hint="Name a column of customers.")
    require_number("share", share)
    require_number("bands", bands, is_whole=True)
    problems = []
    if not isinstance(salt, str) or not salt.strip():
        problems.append(f"salt: {salt!r} is no name. Pass the campaign's, such as 'tet-2025'.")
    if not 0 < share <= 0.5:
        problems.append(f"share: {share!r} is not above 0 and up to 0.5; 10 % is 0.1.")
    if bands < 1:
        problems.append(f"bands: {bands} is not a number of bands from 1 on.")
    if problems:
        raise ArgumentError(" ".join(problems))


def _audience(customers: pd.DataFrame, value: str, by: list[str]) -> pd.DataFrame:
    taken = [name for name in by if name in COLUMNS]
    if taken:
        raise ArgumentError(f"by: {examples(taken)} means something else in a split. Rename it.")
    require_columns("customers", customers, ("customer_id", value, *by), HINT)
    ids = customers["customer_id"]
    text_ids = ids.astype("str")
    twice = text_ids[text_ids.duplicated() & ids.notna()].unique()
    absent = pd.to_numeric(customers[value], errors="coerce").isna()
    problems = []
    if ids.isna().any():
        problems.append(f"{int(ids.isna().sum()):,} of {len(ids):,} rows have no customer_id.")
    if len(twice):
        problems.append(f"{len(twice):,} ids come more than once ({example_cells(twice)}).")
    if absent.any():
        problems.append(
            f"{int(absent.sum()):,} of {len(ids):,} rows have no number in {value!r} "
            f"({example_cells(customers.loc[absent, value])}); see "
            f'customers[pd.to_numeric(customers[{value!r}], errors="coerce").isna()].'
        )
    if problems:
        raise ArgumentError(f"customers: {' '.join(problems)} {HINT}")
    table = pd.DataFrame({name: customers[name].astype("str").fillna(MISSING) for name in by})
    table = table.assign(customer_id=text_ids, prediction=customers[value].astype("float64"))
    return table.reset_index(drop=True)


def _kept_arms(ids: pd.Series, earlier: pd.DataFrame | None) -> pd.Series:
    """The arm of the earlier split, missing for those who were not in it."""
    if earlier is None:
        return pd.Series(None, index=ids.index, dtype="str")
    hint = "Pass what assign_holdout() returned."
    require_columns("earlier", earlier, ("customer_id", "arm"), hint)
    strange = earlier.loc[~earlier["arm"].isin([TREATED, HOLDOUT]), "arm"]
    if len(strange):
        raise ArgumentError(
            f"earlier: {len(strange):,} of {len(earlier):,} rows have another arm than {TREATED!r} and "
            f"{HOLDOUT!r} ({examples(strange.unique())}). {hint}"
        )
    known = earlier.assign(customer_id=split_ids(earlier))
    arms = known.drop_duplicates(["customer_id", "arm"]).set_index("customer_id")["arm"]
    both = arms.index[arms.index.duplicated()]
    if len(both):
        raise ArgumentError(
            f"earlier: {len(both):,} ids are in both arms ({example_cells(both)}). See earlier[earlier['"
            "customer_id'].duplicated(keep=False)]. Keep one row of each."
        )
    return ids.map(arms).astype("str")


def _held_out(rows: pd.DataFrame, salt: str, share: float) -> pd.Series:
    """Whether each is among the round(share x n) smallest hashes of the band."""
    hashes = rows["customer_id"].map(
        lambda one: hashlib.sha256(f"{salt}|{one}".encode()).hexdigest()
    )
    place = hashes.groupby(rows["value_band"]).rank(method="first")
    return place <= held_of_band(rows["value_band"], share)


def _check_arms(table: pd.DataFrame, share: float) -> None:
    held = int((table["arm"] == HOLDOUT).sum())
    if held == 0 or held == len(table):
        raise ArgumentError(
            f"customers: {held:,} of {len(table):,} would be held out at a share of {share:g}. Both "
            "arms need somebody: pass a larger audience, a larger share, or fewer bands."
        )


def _caption(table: pd.DataFrame, salt: str, share: float, day: pd.Timestamp) -> dict[Any, Any]:
    parameters = {"salt": salt, "share": float(share), "planned_at": f"{day:%Y-%m-%d}"}
    return {
        "definition": "assign_holdout",
        "parameters": parameters,
        "customers": len(table),
    }
