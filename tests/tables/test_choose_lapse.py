"""The thresholds of silence, against brute force and by definition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import lines, order_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.tables.choose_lapse import choose_lapse
from retention.tables.kaplan_meier import kaplan_meier
from retention.tables.repurchase_intervals import repurchase_intervals
from retention.tables.wilson import wilson_interval
from retention.texts import footer

WINDOW = 30


def leavers(customers: int = 400, seed: int = 5) -> pd.DataFrame:
    """Two years of customers who come every 10 to 40 days; one in twelve leaves each time."""
    random = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        day = int(random.integers(0, 365))
        while True:
            rows.append((str(customer), day))
            if random.random() < 1 / 12:
                break
            day += int(random.integers(10, 41))
    frame = pd.DataFrame(rows, columns=["customer_id", "day"]).query("day < 730")
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(frame["day"], unit="D")
    return frame.assign(ordered_at=days, amount=1.0).drop(columns="day")


def observed(orders: Orders) -> pd.DataFrame:
    """One row per customer and month end with a known window: days silent, and back or not."""
    days = orders.to_pandas().assign(day=lambda table: table["ordered_at"].dt.normalize())
    last = orders.as_of - pd.Timedelta(days=WINDOW)
    rows = []
    for customer, bought in days.groupby("customer_id")["day"]:
        for end in pd.date_range(bought.min(), last, freq="ME"):
            later = bought[bought > end]
            back = bool(len(later)) and (later.min() - end).days <= WINDOW
            rows.append((customer, (end - bought[bought <= end].max()).days, back))
    return pd.DataFrame(rows, columns=["customer_id", "silent", "back"])


def at(seen: pd.DataFrame, days: int) -> tuple[float, float, float, float, float, int]:
    """Rate, limits, both errors and customers at a threshold, as the definitions say them."""
    silent = seen["silent"] >= days
    per_customer = seen[silent].groupby("customer_id")["back"].agg(["size", "sum"])
    clusters, n = len(per_customer), per_customer["size"].sum()
    rate = per_customer["sum"].sum() / n
    errors = (per_customer["sum"] - rate * per_customer["size"]) ** 2
    spread = errors.sum() if errors.max() > 1e-12 else 0
    variance = spread / n**2 * clusters / max(clusters - 1, 1)
    effective = min(rate * (1 - rate) / variance if spread else clusters, n)
    low, high = wilson_interval([rate * effective], [effective])
    back, gone = seen["back"], ~seen["back"]
    lost = (silent & back).sum() / back.sum() if back.any() else np.nan
    kept = (~silent & gone).sum() / gone.sum() if gone.any() else np.nan
    return rate, low[0], high[0], lost, kept, clusters


def assert_as_brute_force(orders: Orders, table: pd.DataFrame) -> None:
    seen = observed(orders)
    names = [
        "returned_rate",
        "low",
        "high",
        "called_lapsed_but_returned",
        "called_active_but_silent",
    ]
    for _, row in table.iterrows():
        if (seen["silent"] >= row["days_silent"]).any():
            *expected, customers = at(seen, row["days_silent"])
            assert row[names].tolist() == pytest.approx(expected, abs=1e-9, nan_ok=True)
            assert row["at_risk"] == customers
        else:
            assert row["at_risk"] == 0
            assert np.isnan(row["returned_rate"])


def thresholds(table: pd.DataFrame) -> tuple[int, int, str]:
    lapsed = table.loc[table["is_lapsed_threshold"], "days_silent"]
    at_risk = table.loc[table["is_at_risk_threshold"], "days_silent"]
    return at_risk.item(), lapsed.item(), table["threshold_basis"].unique().item()


# Examples


def test_thresholds_by_definition() -> None:
    orders = read_orders(leavers())
    table = choose_lapse(orders, return_window=WINDOW)
    at_risk, lapsed, basis = thresholds(table)
    assert basis == "data"
    fits = (table["high"] <= 0.10) & (table["at_risk"] >= 50)
    assert lapsed == table.loc[fits, "days_silent"].min()
    curve = kaplan_meier(repurchase_intervals(orders)).set_index("gap_days")["p_returned"]
    reached = curve[curve.index <= lapsed].iloc[-1]
    assert at_risk == curve.index[curve >= 0.8 * reached - 1e-12][0]
    # Gaps are 10 to 40 days: who is silent for longer does not come back.
    assert 10 < at_risk < lapsed <= 41


def test_a_stricter_rate_needs_longer_silence() -> None:
    orders = read_orders(leavers())
    found = [
        thresholds(choose_lapse(orders, return_window=WINDOW, max_return_rate=rate))[1]
        for rate in (0.3, 0.1, 0.05)
    ]
    assert found == sorted(found)


def test_fallback_where_too_few_are_observed() -> None:
    orders = read_orders(leavers(customers=45))
    at_risk, lapsed, basis = thresholds(choose_lapse(orders, return_window=WINDOW))
    assert basis == "fallback"
    curve = kaplan_meier(repurchase_intervals(orders)).set_index("gap_days")["p_returned"]
    assert lapsed == curve.index[curve >= 0.8 * curve.iloc[-1] - 1e-12][0]
    assert at_risk <= lapsed


def test_fallback_where_no_window_is_known() -> None:
    table = choose_lapse(read_orders(leavers()), as_of="2023-03-01", return_window=90)
    assert (table["at_risk"] == 0).all()
    assert table["returned_rate"].isna().all()
    assert thresholds(table)[2] == "fallback"
    curve = kaplan_meier(repurchase_intervals(leavers(), as_of="2023-03-01"))
    assert table["days_silent"].tolist() == curve["gap_days"].tolist()


def test_brute_force_on_a_shop() -> None:
    orders = read_orders(shop_frame(customers=40))
    assert_as_brute_force(orders, choose_lapse(orders, return_window=WINDOW).iloc[::7])


def test_each_group_by_itself() -> None:
    """Two shops in one table: each has the thresholds, limits and errors that it has alone."""
    quick = leavers(customers=300).assign(channel="quick")
    slow = leavers(customers=300, seed=6)
    start = slow["ordered_at"].min()
    slow = slow.assign(
        customer_id="s" + slow["customer_id"], channel="slow",
        ordered_at=start + (slow["ordered_at"] - start) * 2,
    )  # fmt: skip
    slow = slow[slow["ordered_at"] <= quick["ordered_at"].max()]
    both = choose_lapse(pd.concat([quick, slow]), by="channel", return_window=WINDOW)
    as_of = max(quick["ordered_at"].max(), slow["ordered_at"].max())
    for name, frame in (("quick", quick), ("slow", slow)):
        alone = choose_lapse(frame, return_window=WINDOW, as_of=as_of)
        part = both[both["channel"] == name].drop(columns="channel").reset_index(drop=True)
        pd.testing.assert_frame_equal(part, alone)
    lapsed = both[both["is_lapsed_threshold"]].set_index("channel")["days_silent"]
    assert lapsed["slow"] > 1.5 * lapsed["quick"]
    assert both.attrs["parameters"]["by"] == ["channel"]
    assert "by" not in alone.attrs["parameters"]


def test_a_group_that_nobody_comes_back_to_has_the_thresholds_of_all() -> None:
    frame = leavers(customers=300).assign(channel="web")
    lone = lines(["x", "y"], ["2023-03-01", "2023-05-01"], channel="fair", amount=1.0)
    table = choose_lapse(pd.concat([frame, lone]), by="channel", return_window=WINDOW)
    fair = table[table["channel"] == "fair"]
    assert fair["threshold_basis"].unique().tolist() == ["fallback"]
    whole = choose_lapse(pd.concat([frame, lone]), return_window=WINDOW)
    assert thresholds(fair)[:2] == thresholds(whole)[:2]
    assert table.attrs["notes"][0][1] == {"count": 1, "groups": "fair"}


def test_three_weeks_of_history_identify_nothing() -> None:
    start = pd.Timestamp("2024-03-01")
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"customer_id": random.integers(0, 150, 400), "amount": 1.0})
    frame["ordered_at"] = start + pd.to_timedelta(random.integers(0, 21, 400), unit="D")
    table = choose_lapse(frame)
    assert thresholds(table)[2] == "fallback"
    assert "Not identifiable" in footer(table.attrs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_threshold_is_found_within_five_days(seed: int) -> None:
    """The share of silences of at least d days that end in time is known by integration.

    Customers join evenly over three years and buy every 5 to 60 days, all lengths alike; after each
    purchase one in six leaves for good.
    """
    random = np.random.default_rng(seed)
    days, leave, lengths = 1095, 1 / 6, np.arange(5, 61)
    day, owner, rows = random.integers(0, days, 40_000), np.arange(40_000), []
    while len(day):
        rows.append(pd.DataFrame({"customer_id": owner, "day": day}))
        stays = random.random(len(day)) >= leave
        day, owner = day[stays] + random.choice(lengths, stays.sum()), owner[stays]
        day, owner = day[day < days], owner[day < days]
    frame = pd.concat(rows)
    times = pd.Timestamp("2021-01-01") + pd.to_timedelta(frame["day"], unit="D")
    frame = frame.assign(ordered_at=times, amount=1.0).drop(columns="day")
    found = thresholds(choose_lapse(frame, as_of="2023-12-31", return_window=90))
    assert found[2] == "data"
    assert abs(found[1] - known_threshold(leave, lengths, days)) <= 5


def known_threshold(leave: float, lengths: np.ndarray, days: int) -> int:
    """The least d at which silences of d or more, at month ends, are followed by a purchase seldom
    enough: every gap of length g is silent for s at one end in thirty, if s < g."""
    returning = (1 - leave) * np.array([(lengths > s).mean() for s in range(days)])
    rate = returning  # per spell that begins: still to end in a purchase, s days after it began
    gone = np.full(days, leave)
    # A spell that began t days ago is seen at silence t: all starts alike, as long as the history.
    observed = np.maximum(days - 90 - np.arange(days), 0)
    back, all_ = (
        (observed * rate)[::-1].cumsum()[::-1],
        (observed * (rate + gone))[::-1].cumsum()[::-1],
    )
    return int(np.argmax(back <= 0.10 * all_))


def test_one_customer_is_one_cluster_however_often_seen() -> None:
    """Back at one of five month ends: limits for 1 observation, not for 5."""
    table = choose_lapse(lines("aa", ["2023-01-01", "2023-06-30"]), return_window=30).iloc[0]
    low, high = wilson_interval([0.2], [1])
    assert table[["returned_rate", "low", "high"]].tolist() == pytest.approx([0.2, low[0], high[0]])


# Laws


@pytest.mark.slow
@given(frame=order_frames(least=4))
def test_brute_force(frame: pd.DataFrame) -> None:
    days = frame.assign(day=frame["ordered_at"].dt.normalize())
    assume(len(days.drop_duplicates(["customer_id", "day"])) > frame["customer_id"].nunique())
    orders = read_orders(frame)
    try:
        table = choose_lapse(orders, return_window=WINDOW)
    except ArgumentError:
        return
    assert_as_brute_force(orders, table.iloc[::5])


@pytest.mark.slow
@given(seed=st.integers(0, 99))
def test_errors_trade_off(seed: int) -> None:
    table = choose_lapse(read_orders(leavers(customers=60, seed=seed)), return_window=WINDOW)
    assert table["called_lapsed_but_returned"].is_monotonic_decreasing
    assert table["called_active_but_silent"].is_monotonic_increasing
    assert table["at_risk"].is_monotonic_decreasing
    assert table["is_lapsed_threshold"].sum() == table["is_at_risk_threshold"].sum() == 1


# Refusals


def test_nobody_came_back() -> None:
    with pytest.raises(
        ArgumentError, match=r"nobody has come back so far .* Give both: at_risk_after_days="
    ):
        choose_lapse(lines("ab", ["2024-01-01", "2024-06-01"]))


def test_nobody_bought() -> None:
    frame = lines("aa", ["2024-01-01", "2024-01-05"], order_id="1", amount=[1.0, -1.0])
    with pytest.raises(ArgumentError, match="nobody has come back so far"):
        choose_lapse(frame)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"return_window": 0}, "return_window: 0 is not a number of days from 1 on"),
        ({"max_return_rate": 0.0}, "max_return_rate: 0.0 is not between 0 and 1"),
        ({"max_return_rate": 1}, "max_return_rate: 1 is not between 0 and 1"),
    ],
)
def test_arguments_out_of_range(options: dict[str, float], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        choose_lapse(leavers(5), **options)


def test_where_hardly_anybody_returns_silence_identifies_nobody() -> None:
    """100 customers of whom 3 come back: the rule would call everybody lapsed after 0 days."""
    days = pd.Timestamp("2023-01-10") + pd.to_timedelta(range(100), unit="D")
    first = pd.DataFrame({"customer_id": range(100), "ordered_at": days, "amount": 5.0})
    back = first.head(3).assign(
        ordered_at=lambda frame: frame["ordered_at"] + pd.Timedelta(days=40)
    )
    table = choose_lapse(pd.concat([first, back]), as_of="2024-12-31")
    assert table["threshold_basis"].unique().tolist() == ["fallback"]
    assert table.loc[table["is_lapsed_threshold"], "days_silent"].tolist() == [40]
