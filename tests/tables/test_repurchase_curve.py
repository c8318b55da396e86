"""When they come back: the case in which counting naively goes wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import gamma
from strategies import lines

from retention.errors import ArgumentError
from retention.tables.repurchase_curve import COLUMNS, repurchase_curve

FRAME = lines("aabcd", ["2024-01-01", "2024-01-04", "2024-01-01", "2024-01-03", "2024-01-05"])

# Examples


def test_by_hand() -> None:
    curve = repurchase_curve(FRAME, min_at_risk=1)
    assert tuple(curve.columns) == COLUMNS
    assert curve["gap_days"].tolist() == [0, 1, 2, 3, 4]
    assert curve["at_risk"].tolist() == [4, 3, 3, 2, 1]
    assert curve["events"].tolist() == [0, 0, 0, 1, 0]
    assert curve["censored"].tolist() == [1, 0, 1, 0, 1]
    assert curve["p_returned"].tolist() == [0, 0, 0, 0.5, 0.5]
    assert (curve["order_number"] == 1).all()


def test_only_the_first_gap_counts() -> None:
    frame = pd.concat([FRAME, lines("a", ["2024-01-05"])])
    found, expected = (repurchase_curve(orders, min_at_risk=1) for orders in (frame, FRAME))
    pd.testing.assert_frame_equal(found, expected)


def test_groups_have_curves_of_their_own() -> None:
    frame = FRAME.assign(channel=["x", "y", "x", "y", None])
    curve = repurchase_curve(frame, by="channel", min_at_risk=1)
    assert curve.groupby("channel")["at_risk"].first().to_dict() == {"(missing)": 1, "x": 2, "y": 1}
    assert curve.loc[curve["channel"] == "x", "p_returned"].max() == 0.5


def test_nobody_at_risk_enough() -> None:
    assert repurchase_curve(FRAME).empty


def test_nobody_bought() -> None:
    frame = lines("aa", ["2024-01-01", "2024-01-05"], order_id="1", amount=[1.0, -1.0], channel="x")
    assert repurchase_curve(frame, by="channel").columns.tolist() == ["channel", *COLUMNS]
    assert repurchase_curve(frame, by="channel").empty


# Refusals


def test_unknown_attribute() -> None:
    with pytest.raises(ArgumentError, match="by: the orders have no attribute 'x'"):
        repurchase_curve(FRAME, by="x")


# References

EVER, SHAPE, SCALE = 0.45, 2, 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_case(seed: int) -> None:
    """Acquired evenly over a year, 45 % ever return, gaps gamma(2, 60), observed to its end."""
    random = np.random.default_rng(seed)
    customers = 200_000
    observed = random.integers(0, 365, customers)
    drawn = np.ceil(random.gamma(SHAPE, SCALE, customers)).astype(int)
    gap = np.where(random.random(customers) < EVER, drawn, 10**6)
    first = pd.DataFrame({"customer_id": np.arange(customers), "day": -observed})
    second = first.assign(day=first["day"] + gap)[gap <= observed]
    orders = pd.concat([first, second]).assign(amount=1.0)
    orders["ordered_at"] = pd.Timestamp("2024-12-31") + pd.to_timedelta(orders["day"], unit="D")
    curve = repurchase_curve(orders, as_of="2024-12-31").set_index("gap_days")

    expected = EVER * gamma(SHAPE, scale=SCALE).cdf(180)
    assert expected == pytest.approx(0.360, abs=5e-4)
    assert curve.loc[180, "p_returned"] == pytest.approx(expected, abs=0.005)
    naive = ((gap <= observed) & (gap <= 180)).mean()
    assert naive == pytest.approx(0.275, abs=0.005)
    assert quantile(curve, 0.8 * curve["p_returned"].iloc[-1]) == pytest.approx(174.6, abs=4)
    closed = np.sort(gap[gap <= observed])
    assert closed[int(0.8 * len(closed))] == pytest.approx(139.6, abs=3)
    assert curve["p_returned"].max() < 0.8


def quantile(curve: pd.DataFrame, share: float) -> int:
    return int(curve.index[curve["p_returned"] >= share][0])
