"""Who is held out: by hash, band by band, and the same however the rows lie."""

from __future__ import annotations

import hashlib
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import Backend
from hypothesis import given
from hypothesis import strategies as st
from strategies import shop_frame

from retention.actions.assign_holdout import COLUMNS, assign_holdout
from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary


def audience(count: int, seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "customer_id": [f"{number:05d}" for number in range(count)],
            "expected_value": random.lognormal(3, 1, count).round(2),
            "stage": random.choice(["loyal", "at_risk"], count),
        }
    )


def split(customers: pd.DataFrame, **options: Any) -> pd.DataFrame:
    return assign_holdout(customers, **{"salt": "tet", "planned_at": "2024-01-15", **options})


# Examples


def test_the_smallest_hashes_of_each_band() -> None:
    table = split(audience(203), share=0.1, bands=4)
    for _, band in table.groupby("value_band"):
        ids = band["customer_id"]
        order = sorted(ids, key=lambda one: hashlib.sha256(f"tet|{one}".encode()).hexdigest())
        held = set(ids[band["arm"] == "holdout"])
        assert held == set(order[: round(0.1 * len(band))])
    assert table["value_band"].value_counts().sort_index().tolist() == [51, 51, 51, 50]
    assert tuple(table.columns) == COLUMNS


def test_bands_follow_the_value_and_equal_values_share_one() -> None:
    customers = audience(8).assign(expected_value=[5.0, 1, 1, 1, 2, 9, 9, 3])
    table = split(customers, share=0.5, bands=2)
    assert table["value_band"].tolist() == [2, 1, 1, 1, 1, 2, 2, 2]
    assert table["prediction"].tolist() == customers["expected_value"].tolist()


def test_a_segment_is_kept_for_the_read_out() -> None:
    customers = audience(40)
    customers.loc[3, "stage"] = None
    table = split(customers, by="stage")
    assert table.columns[0] == "stage"
    assert table.loc[3, "stage"] == "(missing)"


def test_earlier_arms_stay_and_only_the_others_are_drawn() -> None:
    earlier = split(audience(100), salt="first", share=0.2)
    table = split(audience(300), share=0.1, earlier=earlier)
    both = table.merge(earlier, on="customer_id", suffixes=("", "_before"))
    assert (both["arm"] == both["arm_before"]).all()
    assert table["is_kept"].sum() == 100
    assert set(table.loc[table["is_kept"], "value_band"]) == {0}
    fresh = table[~table["is_kept"]]
    assert (fresh["arm"] == "holdout").sum() == sum(
        round(0.1 * size) for size in fresh["value_band"].value_counts()
    )


# Laws


@given(
    ids=st.lists(st.text(min_size=1, max_size=5), min_size=8, max_size=30, unique=True),
    seed=st.integers(0, 99),
    share=st.sampled_from([0.1, 0.25, 0.5]),
    bands=st.integers(1, 2),
)
def test_a_partition_that_row_order_does_not_change(
    ids: list[str], seed: int, share: float, bands: int
) -> None:
    random = np.random.default_rng(seed)
    customers = pd.DataFrame(
        {"customer_id": ids, "expected_value": random.integers(0, 4, len(ids)).astype(float)}
    )
    options: dict[str, Any] = {"share": share, "bands": bands}
    try:
        table = split(customers, **options)
    except ArgumentError as error:
        assert "would be held out" in str(error)
        return
    shuffled = split(customers.sample(frac=1, random_state=seed), **options)
    pd.testing.assert_frame_equal(shuffled, table)
    assert sorted(table["customer_id"]) == sorted(ids)
    assert set(table["arm"]) == {"treated", "holdout"}


def test_every_backend_draws_the_same_split(backend: Backend) -> None:
    frame = shop_frame()
    options: dict[str, Any] = {"value": "total_value", "share": 0.3, "bands": 3}
    here = split(customer_summary(read_orders(frame, as_of="2023-12-31")), **options)
    there = split(customer_summary(backend.orders(frame, as_of="2023-12-31")), **options)
    pd.testing.assert_frame_equal(there, here)
    assert {"treated", "holdout"} == set(here["arm"])


def test_another_salt_is_another_split() -> None:
    first, second = split(audience(400)), split(audience(400), salt="summer")
    shared = ((first["arm"] == "holdout") & (second["arm"] == "holdout")).sum()
    assert shared < 15  # 4 are expected by chance


def test_nothing_of_the_input_changes() -> None:
    customers = audience(50)
    before = customers.copy(deep=True)
    split(customers, by="stage")
    pd.testing.assert_frame_equal(customers, before)


def test_a_saved_split_is_the_split() -> None:
    table = split(audience(60))
    again = pd.read_csv(StringIO(table.to_csv(index=False)), dtype={"customer_id": "str"})
    assert again["arm"].tolist() == table["arm"].tolist()


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"share": 0}, r"share: 0 is not above 0 and up to 0.5; 10 % is 0.1"),
        ({"share": 10}, r"share: 10 is not above 0"),
        ({"salt": " "}, r"salt: ' ' is no name"),
        ({"bands": 0}, r"bands: 0 is not a number of bands from 1 on"),
        ({"salt": "", "share": 2}, r"salt: '' is no name.* share: 2 is not"),
        ({"planned_at": None}, r"planned_at: no date given"),
        ({"planned_at": "05/01/2024"}, r"planned_at: "),
        ({"value": "clv"}, r"customers: 1 of 2 needed columns are missing \('clv'\)"),
        ({"by": "arm"}, r"by: 'arm' means something else"),
        ({"earlier": audience(3)}, r"earlier: 1 of 2 needed columns are missing \('arm'\)"),
        ({"earlier": [1]}, r"earlier: a list is no table. Pass what assign_holdout"),
        ({"by": 3}, "by: 3 is neither a name nor a list of names"),
        ({"value": None}, "value: None is no text. Name a column of customers"),
        ({"earlier": audience(3).assign(arm="control")}, r"earlier: 3 of 3 rows have another arm"),
        ({"share": 0.01}, r"0 of 40 would be held out at a share of 0.01"),
    ],
)
def test_what_cannot_be_split(options: dict[str, Any], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        split(audience(40), **options)


def test_all_faults_of_an_audience_at_once() -> None:
    customers = audience(40)
    customers.loc[0, "customer_id"] = None
    customers.loc[1, "customer_id"] = customers.loc[2, "customer_id"]
    customers.loc[3, "expected_value"] = None
    with pytest.raises(ArgumentError, match=r"1 of 40 rows have no customer_id. 1 ids come more "
                       r"than once \('00002'\). 1 of 40 rows have no number"):  # fmt: skip
        split(customers)
    with pytest.raises(ArgumentError, match="customers: a dict is no table"):
        split({})  # type: ignore[arg-type]


def test_nobody_was_in_both_arms() -> None:
    """Whichever row came first would decide, and whoever was contacted could be called held out."""
    once = pd.DataFrame(
        {"customer_id": ["00001", "00002", "00003"], "arm": ["treated", "holdout", "holdout"]}
    )
    other = once.assign(arm=["holdout", "holdout", "treated"])
    both = pd.concat([once, other], ignore_index=True)
    with pytest.raises(
        ArgumentError, match=r"earlier: 2 ids are in both arms \('00001', '00003'\)\. See"
    ):
        split(audience(100), earlier=both)
    same = pd.concat([once, once], ignore_index=True)
    assert (
        split(audience(100), earlier=same)["is_kept"].sum()
        == audience(100)["customer_id"].isin(once["customer_id"]).sum()
    )


def test_text_in_the_place_of_a_value_is_shown_by_the_advice() -> None:
    table = audience(4).astype({"expected_value": "object"})
    table.loc[1, "expected_value"] = "12 EUR"
    with pytest.raises(ArgumentError, match=r"1 of 4 rows have no number .*\('12 EUR'\)") as found:
        split(table)
    advice = str(found.value).split("see ")[1].split(". ")[0]
    assert eval(advice, {"customers": table, "pd": pd})["expected_value"].tolist() == ["12 EUR"]
