"""When they come back: by hand, under the landmark condition, and where counting naively goes wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import CensoredData, ecdf, gamma
from strategies import lines, shop_frame

from retention.errors import ArgumentError
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.simulate_repurchases import simulate_repurchases
from retention.tables.curve_quantile import curve_quantile
from retention.tables.repurchase_curve import COLUMNS, repurchase_curve
from retention.texts import definition

FRAME = lines("aabcd", ["2024-01-01", "2024-01-04", "2024-01-01", "2024-01-03", "2024-01-05"])


def after(curve: pd.DataFrame, number: int) -> pd.DataFrame:
    """The curve after one purchase, by day."""
    return curve[curve["order_number"] == number].set_index("gap_days")


# Examples


def test_by_hand() -> None:
    curve = repurchase_curve(FRAME, min_at_risk=1)
    assert tuple(curve.columns) == COLUMNS
    first = after(curve, 1)
    assert first.index.tolist() == [0, 1, 2, 3, 4]
    assert first["at_risk"].tolist() == [4, 3, 3, 2, 1]
    assert first["events"].tolist() == [0, 0, 0, 1, 0]
    assert first["censored"].tolist() == [1, 0, 1, 0, 1]
    assert first["p_returned"].tolist() == [0, 0, 0, 0.5, 0.5]
    assert first["naive_rate"].tolist() == [0, 0, 0, 0.25, 0.25]


def test_six_customers_with_a_tie_and_an_open_gap_of_no_days() -> None:
    """Back after 2, 2 and 5 days; open since 0, 2 and 7 days: S(2) = 3/5, S(5) = 3/10."""
    first = dict(zip("abcdef", ["01-01", "01-02", "01-03", "01-09", "01-07", "01-02"], strict=True))
    back = {"a": "01-03", "b": "01-04", "c": "01-08"}
    days = [f"2024-{day}" for day in (*first.values(), *back.values())]
    curve = after(repurchase_curve(lines([*first, *back], days), min_at_risk=1), 1)
    assert curve["at_risk"].tolist() == [6, 5, 5, 2, 2, 2, 1, 1]
    assert curve["censored"].tolist() == [1, 0, 1, 0, 0, 0, 0, 1]
    shares = [0, 0, 0.4, 0.4, 0.4, 0.7, 0.7, 0.7]
    assert curve["p_returned"].tolist() == pytest.approx(shares)
    sample = CensoredData(uncensored=[2, 2, 5], right=[0, 2, 7])
    assert 1 - ecdf(sample).sf.evaluate(curve.index) == pytest.approx(shares)


def test_after_the_second_purchase_those_who_got_there_in_time_and_were_seen_long_enough() -> None:
    """Within 10 days of the first, of those whose first lies 10 + 20 days back; until day 20."""
    frame = lines(
        "aaabbccddd",
        ["2024-01-01", "2024-01-11", "2024-01-16",  # in time, back after 5 days
         "2024-01-01", "2024-01-05",  # in time, open
         "2024-01-01", "2024-01-12",  # a day too late
         "2024-01-03", "2024-01-04", "2024-01-05"],  # seen for 29 days only
    )  # fmt: skip
    options = {"reach_days": 10, "within_days": 20, "min_at_risk": 1}
    second = after(repurchase_curve(frame, as_of="2024-01-31", **options), 2)
    expected = pd.DataFrame({"at_risk": 2, "events": 0}, index=range(21))
    expected.loc[5, "events"], expected.loc[6:, "at_risk"] = 1, 1
    assert second.index.tolist() == list(range(21))
    assert second["at_risk"].tolist() == expected["at_risk"].tolist()
    assert second["events"].tolist() == expected["events"].tolist()
    first = after(repurchase_curve(frame, as_of="2024-01-31", **options), 1)
    assert first["at_risk"][0] == 4


def test_pooled_are_all_gaps_of_all_customers() -> None:
    frame = lines("aaab", ["2024-01-01", "2024-01-03", "2024-01-05", "2024-01-02"])
    pooled = after(repurchase_curve(frame, as_of="2024-01-08", min_at_risk=1), 0)
    assert pooled["at_risk"].tolist() == [4, 4, 4, 2, 1, 1, 1]
    assert pooled["events"].tolist() == [0, 0, 2, 0, 0, 0, 0]
    assert pooled["censored"].tolist() == [0, 0, 0, 1, 0, 0, 1]
    # A(2) = 2 / (4 x 2); a: twice 1/4 - 1/2, once 1/4, b: 1/4; squared and added up.
    log_variance = (2 * -0.25 + 0.25) ** 2 + 0.25**2
    spread = np.exp(1.959963984540054 * np.sqrt(log_variance) / np.log(2))
    assert pooled["low"][2] == pytest.approx(1 - 0.5 ** (1 / spread))
    assert pooled["high"][2] == pytest.approx(1 - 0.5**spread)


def test_a_later_purchase_changes_nothing_after_the_first() -> None:
    frame = pd.concat([FRAME, lines("a", ["2024-01-05"])])
    found, expected = (
        after(repurchase_curve(orders, min_at_risk=1), 1) for orders in (frame, FRAME)
    )
    pd.testing.assert_frame_equal(found, expected)


def test_groups_have_curves_of_their_own() -> None:
    frame = FRAME.assign(channel=["x", "y", "x", "y", None])
    curve = repurchase_curve(frame, by="channel", min_at_risk=1)
    sizes = curve[curve["order_number"] == 1].groupby("channel")["at_risk"].first()
    assert sizes.to_dict() == {"(missing)": 1, "x": 2, "y": 1}
    assert curve.loc[curve["channel"] == "x", "p_returned"].max() == 0.5


def test_returning_to_the_same_category() -> None:
    """a: tea, then cups after 2 days, tea after 4. b: nothing noted, and again nothing after 3."""
    frame = lines(
        "aaabb", ["2024-01-01", "2024-01-03", "2024-01-05", "2024-01-01", "2024-01-04"],
        category=["tea", "cup", "tea", None, None],
    )  # fmt: skip
    options = {"as_of": "2024-01-09", "by": "category", "min_at_risk": 1}
    anything, same = (
        repurchase_curve(frame, returning_to=to, **options) for to in ("anything", "same")
    )
    waits = [
        curve[(curve["order_number"] == 1) & (curve["events"] > 0)].set_index("category")[
            "gap_days"
        ]
        for curve in (anything, same)
    ]
    assert waits[0].to_dict() == {"(missing)": 3, "tea": 2}
    assert waits[1].to_dict() == {"(missing)": 3, "tea": 4}


def test_both_days_stand_in_the_definition() -> None:
    curve = repurchase_curve(FRAME, reach_days=77, within_days=55)
    assert "within 77 days of the first" in definition(curve.attrs)
    assert "at least 77 + 55 days back" in definition(curve.attrs)
    usual = definition(repurchase_curve(FRAME).attrs)
    assert "at least 180 + 180 days back" in usual


def test_nobody_at_risk_enough() -> None:
    assert repurchase_curve(FRAME).empty


def test_nobody_bought() -> None:
    frame = lines("aa", ["2024-01-01", "2024-01-05"], order_id="1", amount=[1.0, -1.0], channel="x")
    assert repurchase_curve(frame, by="channel").columns.tolist() == ["channel", *COLUMNS]
    assert repurchase_curve(frame, by="channel").empty


# Laws


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_length_of_the_history_changes_no_rate(seed: int) -> None:
    """One population, as it stands after a year and after ten: the second to the third purchase."""
    random = np.random.default_rng(seed)
    customers, purchases, days = 120_000, 12, 3650
    rate = random.gamma(0.8, 1 / 60, (customers, 1))
    wait = np.ceil(random.exponential(1, (customers, purchases)) / rate).clip(max=10**6)
    joined = random.integers(0, 365, (customers, 1))
    day = (joined + np.cumsum(np.hstack([np.zeros((customers, 1)), wait]), axis=1)).astype(int)
    who = np.broadcast_to(np.arange(customers)[:, None], day.shape)
    frame = pd.DataFrame({"customer_id": who[day <= days], "amount": 1.0})
    start = pd.Timestamp("2014-01-01")
    frame["ordered_at"] = start + pd.to_timedelta(day[day <= days], unit="D")
    orders = read_orders(frame, as_of=start + pd.Timedelta(days=days))
    rates, biased = [], []
    for history in (365, days):
        known = orders.at(start + pd.Timedelta(days=history))
        curve = repurchase_curve(known, within_days=90)
        rates.append(after(curve, 2)["p_returned"][90])
        every = repurchase_curve(known, reach_days=1, within_days=1)
        biased.append(after(every, 0)["p_returned"][90])
    assert rates[0] == pytest.approx(rates[1], abs=0.01)
    assert abs(biased[0] - biased[1]) > 0.02


def test_shares_lie_between_their_limits_and_rise() -> None:
    curve = repurchase_curve(read_orders(shop_frame(customers=150)), by="channel", min_at_risk=2)
    assert (curve[["low", "p_returned", "high"]].diff(axis=1).iloc[:, 1:] >= -1e-12).all(axis=None)
    for _, part in curve.groupby(["channel", "order_number"]):
        assert part["p_returned"].is_monotonic_increasing
        assert (part["naive_rate"] <= part["p_returned"] + 1e-12).all()


# Refusals


def test_unknown_attribute() -> None:
    with pytest.raises(ArgumentError, match="by: the orders have no attribute 'x'"):
        repurchase_curve(FRAME, by="x")


def test_the_same_as_nothing() -> None:
    with pytest.raises(ArgumentError, match=r'"same" as what[?] Name it, as in by="category"'):
        repurchase_curve(FRAME, returning_to="same")
    with pytest.raises(ArgumentError, match="returning_to: 'tea' is not one of 'anything', 'same'"):
        repurchase_curve(FRAME, returning_to="tea")


@pytest.mark.parametrize("name", ["reach_days", "within_days", "min_at_risk"])
def test_numbers_out_of_range(name: str) -> None:
    with pytest.raises(ArgumentError, match=f"{name}: 0 is not a number of .* from 1 on"):
        repurchase_curve(FRAME, **{name: 0})
    with pytest.raises(ArgumentError, match=f"{name}: 1.5 is not a whole number"):
        repurchase_curve(FRAME, **{name: 1.5})


# References


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_case(seed: int) -> None:
    """Acquired evenly over a year, 45 % ever return, gaps gamma(2, 60), observed to its end."""
    orders = simulate_repurchases(random_state=seed)
    curve = after(repurchase_curve(orders, as_of="2024-12-30"), 1)
    expected = 0.45 * gamma(2, scale=60).cdf(180)
    assert expected == pytest.approx(0.3604, abs=5e-5)
    assert curve["p_returned"][180] == pytest.approx(expected, abs=0.005)
    assert curve["naive_rate"][180] == pytest.approx(0.275, abs=0.005)
    back = curve["p_returned"]
    assert curve_quantile(back, 0.8 * back.iloc[-1]) == pytest.approx(174.6, abs=4)
    closed = curve["events"].cumsum() / curve["events"].sum()
    assert curve_quantile(closed, 0.8) == pytest.approx(139.6, abs=2)
    assert np.isnan(curve_quantile(back, 0.8))


DATA = Path(__file__).parents[3] / "shared" / "data"
# Tables of orders, and what must be said to read them.
REAL: dict[str, dict[str, object]] = {
    "online_retail.parquet": {},
    "ta_feng.csv.zip": {},
    "yandex_afisha/orders_log_us.csv": {},
    "coffee_vending/index_1.csv": {},
    "superstore/Sample - Superstore.csv": {},
    "grocery/groceryElog.csv": {"columns": {"amount": None}},
}


def gaps(orders: Orders) -> pd.DataFrame:
    """Every gap, counted with pandas: its number, its length, how it began, and whether it is open."""
    bought = orders.to_pandas()
    bought = bought[bought["is_purchase"]].assign(day=bought["ordered_at"].dt.normalize())
    days = bought.drop_duplicates(["customer_id", "day"]).sort_values(["customer_id", "day"])
    owner = days.groupby("customer_id")["day"]
    until = owner.shift(-1)
    return pd.DataFrame(
        {
            "number": owner.cumcount() + 1,
            "since_first": (days["day"] - owner.transform("min")).dt.days,
            "T": (orders.as_of - owner.transform("min")).dt.days,
            "gap": (until.fillna(orders.as_of) - days["day"]).dt.days,
            "is_open": until.isna(),
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_as_scipy_says_on_real_tables(name: str) -> None:
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not beside the project")
    orders = read_orders(DATA / name, **REAL[name])
    table, every = repurchase_curve(orders, reach_days=60, within_days=30), gaps(orders)
    is_seen = (every["since_first"] <= 60) & (every["T"] >= 90)
    groups = {0: every, 1: every[every["number"] == 1]}
    groups |= {number: every[is_seen & (every["number"] == number)] for number in range(2, 6)}
    for number, of in groups.items():
        curve = after(table, number)
        if number < 2:
            assert len(curve) > 30
        if len(curve):
            closed, still_open = of.loc[~of["is_open"], "gap"], of.loc[of["is_open"], "gap"]
            found = ecdf(CensoredData(uncensored=closed, right=still_open)).sf
            assert 1 - found.evaluate(curve.index) == pytest.approx(curve["p_returned"].to_numpy())
