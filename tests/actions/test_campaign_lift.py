"""Did it work: by hand, on simulated campaigns, and where nothing can be said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from strategies import lines

from retention.actions.assign_holdout import assign_holdout
from retention.actions.campaign_lift import COLUMNS, campaign_lift
from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.difference import difference, share

DAY = "2024-03-01"


def by_hand(arms: str, **columns: Any) -> pd.DataFrame:
    """One letter a customer: t treated, h held out; ids a, b, c, ..."""
    names = {"t": "treated", "h": "holdout"}
    table = pd.DataFrame({"customer_id": list("abcdefghijklmnop"[: len(arms)])})
    return table.assign(
        **{"value_band": 1, "prediction": 1.0, "planned_at": DAY} | columns,
        arm=[names[arm] for arm in arms],
    )


def campaign(
    *,
    customers: int = 4000,
    base: float = 0.3,
    lift: float = 0.0,
    seed: int = 1,
    share: float = 0.1,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Orders and split of a campaign that makes `lift` more of the treated order, in any band."""
    random = np.random.default_rng(seed)
    value = random.lognormal(3, 1, customers)
    people = pd.DataFrame(
        {
            "customer_id": [f"c{number:05d}" for number in range(customers)],
            "expected_value": value,
            "stage": random.choice(["new", "loyal"], customers),
        }
    )
    split = assign_holdout(people, salt=f"s{seed}", planned_at=DAY, share=share, by="stage")
    is_treated = (split["arm"] == "treated").to_numpy()
    chance = base * np.sqrt(value) / np.sqrt(value).mean() + lift * is_treated
    buys = random.random(customers) < chance
    count = int(buys.sum())
    orders = pd.DataFrame(
        {
            "customer_id": split.loc[buys, "customer_id"].to_numpy(),
            "ordered_at": pd.Timestamp(DAY) + pd.to_timedelta(random.integers(0, 30, count), "D"),
            "amount": (value[buys] * random.lognormal(0, 0.5, count)).round(2),
        }
    )
    return orders, split


def line(table: pd.DataFrame, measure: str, *, is_adjusted: bool = False) -> pd.Series:
    is_it = (table["measure"] == measure) & (table["is_adjusted"] == is_adjusted)
    return table[is_it].iloc[0]


# Examples


def test_all_assigned_count_and_nobody_else_by_hand() -> None:
    frame = lines("aabcez", ["2024-03-01", "2024-03-02", "2024-03-30", "2024-03-31", "2024-02-29",
                             "2024-03-05"])  # fmt: skip
    table = campaign_lift(frame, by_hand("tttthh"), as_of="2024-04-30")
    # a and b bought in the 30 days; c one day too late; e before; z was not assigned.
    row = line(table, "order_rate")
    counts = row[["treated", "holdout", "treated_buyers", "holdout_buyers"]]
    assert counts.tolist() == [4, 2, 2, 0]
    assert (row["in_treated"], row["in_holdout"], row["difference"]) == (0.5, 0.0, 0.5)
    assert row["total_effect"] == 2.0
    money = line(table, "amount_per_customer")
    assert (money["in_treated"], money["in_holdout"]) == (30 / 4, 0.0)
    assert tuple(table.columns) == COLUMNS
    assert not table["is_early"].any()


def test_with_one_band_the_interval_is_newcombes() -> None:
    frame = lines("abcdi", [DAY] * 5)
    row = line(campaign_lift(frame, by_hand("tttttttthhhhhhhh"), as_of="2024-04-30"), "order_rate")
    gap = difference(share([4], [8]), share([1], [8]))
    assert row["difference"] == pytest.approx(gap.value[0])
    assert (row["low"], row["high"]) == pytest.approx((gap.low[0], gap.high[0]))
    overall = 5 / 16
    error = np.sqrt(overall * (1 - overall) * 2 / 8)
    # Of treated who buy by so much more, four in five limits lie above 0.
    more = share([(overall + row["smallest_effect"]) * 8], [8])
    assert difference(more, share([overall * 8], [8])).low[0] == pytest.approx(0.8416212 * error)


def test_bands_are_compared_within_themselves() -> None:
    split = by_hand("tthhhhttttthh"[:12], value_band=[1] * 6 + [2] * 6)
    # Band 1: 1 of 2 treated, 1 of 4 held out; band 2: 4 of 5 treated and 0 of 1, which joins band 1.
    frame = lines("acghij", [DAY] * 6)
    joined = line(campaign_lift(frame, split, as_of="2024-04-30"), "order_rate")
    assert joined["in_treated"] == pytest.approx(5 / 7)
    split.loc[10, "arm"] = "holdout"
    apart = line(campaign_lift(frame, split, as_of="2024-04-30"), "order_rate")
    assert apart["in_treated"] == pytest.approx((1 / 2 + 4 / 4) / 2)
    assert apart["in_holdout"] == pytest.approx((1 / 4 + 0) / 2)


def test_refunds_count_from_their_own_day() -> None:
    frame = lines("ab", [DAY, DAY], order_id=["o1", "o2"])
    refund = lines("a", ["2024-03-20"], order_id=["o1"], amount=-10.0)
    late = lines("b", ["2024-04-20"], order_id=["o2"], amount=-10.0)
    orders = read_orders(pd.concat([frame, refund, late]), as_of="2024-04-30")
    table = campaign_lift(orders, by_hand("tthh"))
    assert line(table, "order_rate")["treated_buyers"] == 1


def test_an_early_look_is_marked() -> None:
    frame = lines("a", [DAY])
    table = campaign_lift(frame, by_hand("tthh"), as_of="2024-03-10")
    assert table["is_early"].all()
    assert table.attrs["notes"] == [[table.attrs["notes"][0][0], {"days": 10, "window_days": 30}]]
    assert not campaign_lift(frame, by_hand("tthh"), as_of="2024-03-30")["is_early"].any()


def test_money_of_few_buyers_is_not_judged() -> None:
    orders, split = campaign(customers=1000)  # 30 buyers in the hold-out
    table = campaign_lift(orders, split, as_of="2024-04-30", permutations=99)
    assert line(table, "order_rate")["method"] == "newcombe"
    money = line(table, "amount_per_customer")
    assert money["verdict"] == money["method"] == "not judged"
    assert np.isnan([money["low"], money["p_value"], money["p_corrected"]]).all()
    assert money["smallest_effect"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("customers", "base", "method"), [(4000, 0.35, "permutation"), (30000, 0.5, "welch")]
)
def test_what_was_added_is_found(customers: int, base: float, method: str) -> None:
    orders, split = campaign(customers=customers, base=base, lift=0.1)
    table = campaign_lift(orders, split, as_of="2024-04-30", permutations=399)
    rate, money = line(table, "order_rate"), line(table, "amount_per_customer")
    assert rate["low"] <= 0.1 <= rate["high"]
    assert rate["verdict"] == "more"
    assert money["method"] == method
    true = 0.1 * split["prediction"].mean() * np.exp(0.125)
    assert money["low"] <= true <= money["high"]
    adjusted = line(table, "amount_per_customer", is_adjusted=True)
    assert adjusted["low"] <= true <= adjusted["high"]
    assert adjusted["smallest_effect"] < money["smallest_effect"]
    assert money["total_effect"] == pytest.approx(money["difference"] * money["treated"])


def test_segments_are_corrected_for_their_number() -> None:
    orders, split = campaign(lift=0.05)
    table = campaign_lift(orders, split, by="stage", as_of="2024-04-30", permutations=99)
    rates = table[table["measure"] == "order_rate"].set_index("stage")
    assert list(rates.index) == ["loyal", "new"]
    assert rates["treated"].sum() == (split["arm"] == "treated").sum()
    small, large = sorted(rates["p_value"])
    assert sorted(rates["p_corrected"]) == pytest.approx([min(2 * small, 1), max(2 * small, large)])
    assert rates["p_corrected"].max() <= 1


# Laws


def test_row_order_changes_nothing() -> None:
    orders, split = campaign(customers=3500, base=0.4)
    options: dict[str, Any] = {"as_of": "2024-04-30", "permutations": 99}
    table = campaign_lift(orders, split, **options)
    other = campaign_lift(
        orders.sample(frac=1, random_state=1), split.sample(frac=1, random_state=2), **options
    )
    pd.testing.assert_frame_equal(other, table)


def test_arms_the_other_way_round_are_the_other_sign() -> None:
    orders, split = campaign(share=0.5, lift=0.05)
    turned = split.assign(arm=split["arm"].map({"treated": "holdout", "holdout": "treated"}))
    table = campaign_lift(orders, split, as_of="2024-04-30", permutations=9)
    other = campaign_lift(orders, turned, as_of="2024-04-30", permutations=9)
    assert np.allclose(table["difference"], -other["difference"])
    rate, turned_rate = line(table, "order_rate"), line(other, "order_rate")
    assert (rate["low"], rate["p_value"]) == pytest.approx(
        (-turned_rate["high"], turned_rate["p_value"])
    )


@pytest.mark.slow
def test_doubling_amounts_doubles_money_and_nothing_else() -> None:
    orders, split = campaign(customers=3500, base=0.4)
    options: dict[str, Any] = {"as_of": "2024-04-30", "permutations": 99}
    table = campaign_lift(orders, split, **options)
    double = campaign_lift(orders.assign(amount=orders["amount"] * 2), split, **options)
    is_money = table["measure"] == "amount_per_customer"
    assert np.allclose(double.loc[is_money, "low"], 2 * table.loc[is_money, "low"])
    assert np.allclose(double["p_value"], table["p_value"])
    pd.testing.assert_frame_equal(double[~is_money], table[~is_money])


@pytest.mark.slow
def test_the_verdict_agrees_with_the_interval() -> None:
    for seed in range(3):
        orders, split = campaign(customers=3000, base=0.4, lift=0.03, seed=seed)
        table = campaign_lift(orders, split, as_of="2024-04-30", permutations=199)
        judged = table[table["verdict"] != "not judged"]
        holds = (judged["low"] <= 0) & (judged["high"] >= 0)
        assert (holds == (judged["verdict"] == "not distinguishable from 0")).all()


# Refusals


@pytest.mark.parametrize(
    ("change", "options", "match"),
    [
        ({"arm": "control"}, {}, r"4 of 4 rows have another arm .*\('control'\)"),
        ({"planned_at": ["2024-03-01"] * 3 + ["2024-03-02"]}, {}, r"planned_at has 2 days"),
        ({"customer_id": "a"}, {}, r"3 of 4 ids are missing or repeated \('a'\)"),
        ({"prediction": None}, {}, r"value_band or prediction is missing"),
        ({"planned_at": "2025-01-01"}, {}, r"planned for 2025-01-01, and the orders end on 2024-04-30"),
        ({}, {"by": "stage"}, r"needed columns are missing \('stage'\)"),
        ({}, {"by": "arm"}, r"by: 'arm' is no segment"),
        ({}, {"window_days": 0}, r"window_days: 0 is not a number of days"),
        ({}, {"as_of": "2024-05-01"}, None),
    ],
)  # fmt: skip
def test_what_cannot_be_read(
    change: dict[str, Any], options: dict[str, Any], match: str | None
) -> None:
    frame, split = lines("a", [DAY]), by_hand("tthh").assign(**change)
    if match is None:
        assert len(campaign_lift(frame, split, **options)) == 3
        return
    with pytest.raises(ArgumentError, match=match):
        campaign_lift(frame, split, **{"as_of": "2024-04-30", **options})


def test_arms_of_one_are_not_judged() -> None:
    table = campaign_lift(lines("a", [DAY]), by_hand("ttth"), as_of="2024-04-30")
    assert set(table["verdict"]) == {"not judged"}
    assert table["difference"].isna().all()


def test_ids_that_lost_their_zeros() -> None:
    frame = lines("a", [DAY]).assign(customer_id="0012")
    split = by_hand("tthh").assign(customer_id=[12, 13, 14, 15])
    with pytest.raises(ArgumentError, match=r"0 of 4 ids \('12', '13'\) are in the orders"):
        campaign_lift(frame, split, as_of="2024-04-30")


def test_no_split() -> None:
    with pytest.raises(ArgumentError, match="assigned: a list is no table"):
        campaign_lift(lines("a", [DAY]), [])  # type: ignore[arg-type]
