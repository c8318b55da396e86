"""The back-test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import ArgumentError
from retention.models.backtest import COLUMNS, _better, _cut_before, backtest
from retention.models.cut import cut_at
from retention.models.fit_best import fit_best
from retention.models.verdict import verdict
from retention.orders.cdnow import cdnow_orders
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.simulate import simulate_orders

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return simulate_orders(customers=600, days=400, random_state=3)


@pytest.fixture(scope="module")
def orders(frame: pd.DataFrame) -> Orders:
    return read_orders(frame, as_of="2024-02-04")


@pytest.fixture(scope="module")
def table(orders: Orders) -> pd.DataFrame:
    return backtest(orders, holdout_days=60, cuts=3)


# Examples


def test_a_row_for_each_cut_and_forecast(table):
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 3 * 7
    days = table["cut"].dt.strftime("%Y-%m-%d").unique().tolist()
    assert days == ["2023-08-08", "2023-10-07", "2023-12-06"]
    assert (table.groupby("cut")["actual_orders"].agg(["min", "max"]).T.diff().iloc[1] == 0).all()
    assert table.attrs["customers"] == table["customers"].iloc[-1] > table["customers"].iloc[0]


def test_what_came_is_counted_by_hand():
    frame = pd.DataFrame(
        {"customer_id": list("aaaabbc"), "amount": 1.0,
         "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-02", "2024-03-02",
                                       "2024-01-05", "2024-04-20", "2024-03-05"])}
    )  # fmt: skip
    cut = cut_at(
        read_orders(frame, as_of="2024-04-30"), pd.Timestamp("2024-03-01"), horizon_days=40
    )
    found = cut.customers.set_index("customer_id")[["frequency", "recent", "actual"]]
    assert found.to_numpy().tolist() == [[1, 1, 1], [0, 0, 0]]
    assert cut.actual @ cut.weights == 1


def test_the_cut_before_leaves_half_of_a_short_history(orders):
    """Of 101 days 50 lie between both cuts; of 300, the whole horizon of 60."""
    start = orders.history_start
    for history, horizon, reach in ((101, 60, 50), (300, 60, 60)):
        cut = cut_at(orders, start + pd.Timedelta(days=history), horizon_days=horizon)
        before = _cut_before(orders, cut)
        assert (cut.day - before.day).days == before.horizon_days == reach


def test_a_model_that_is_right_beats_the_rules(table):
    score = (table["log_score"] * table["customers"]).groupby(table["model"]).sum()
    rules = table.loc[table["is_baseline"], "model"].unique()
    assert score["MBG/NBD"] > score[rules].max()
    assert table["loses_to"].str.contains("MBG/NBD").any()
    right = table[table["model"] == "MBG/NBD"]
    assert right["coverage_90"].between(0.87, 0.93).all()
    assert right["calibration_slope"].mean() == pytest.approx(1.0, abs=0.2)


def test_fit_best_is_the_winner(orders, table):
    assert fit_best(orders, holdout_days=60).model == verdict(table).split(" forecasts")[0]


def test_a_model_that_cannot_be_fitted_says_why():
    days = pd.date_range("2023-01-01", periods=90, freq="3D")
    early = pd.DataFrame({"customer_id": [f"c{n}" for n in range(90)], "ordered_at": days})
    back = pd.DataFrame(
        {"customer_id": ["c1", "c2"], "ordered_at": pd.to_datetime(["2023-09-20"] * 2)}
    )
    frame = pd.concat([early, back], ignore_index=True).assign(amount=1.0)
    table = backtest(read_orders(frame, as_of="2023-09-30"), holdout_days=20, cuts=1)
    assert table["log_score"].isna().sum() == 4
    gone = table[table["log_score"].isna()]
    assert set(gone["model"]) == {"MBG/NBD", "BG/NBD", "Pareto/NBD", "lapse_rule"}
    assert gone["rank"].isna().all()
    assert gone["reason"].str.contains("second purchase day|come back|came back").all()
    assert "Without a forecast at some cut: BG/NBD" in verdict(table)


def test_intervals_that_were_off_are_widened_at_the_next_cut(monkeypatch, orders):
    """A rule whose scatter is taken for far too small asks for a wider interval, once that is known."""
    from retention.models import baselines

    monkeypatch.setattr(baselines, "_shape", lambda cut, means: 1e9)
    monkeypatch.setattr(baselines, "_longer", lambda before, cut: 0.05)
    table = backtest(orders, models=["mbg_nbd"], holdout_days=60, cuts=2)
    rule = table[table["model"] == "lapse_rule"].sort_values("cut")
    assert rule["coverage_90"].max() < 0.85
    first, second = rule["interval_level"]
    assert first == 0.9 < second
    assert rule["coverage_at_level"].iloc[1] == pytest.approx(0.9, abs=0.05)
    right = table[table["model"] == "MBG/NBD"]
    assert (right["interval_level"] == 0.9).all()
    assert right["coverage_at_level"].tolist() == right["coverage_90"].tolist()


def test_what_is_not_over_yet_widens_nothing(monkeypatch, orders):
    from retention.models import baselines

    monkeypatch.setattr(baselines, "_longer", lambda before, cut: 0.05)
    table = backtest(orders, models=["mbg_nbd"], holdout_days=60, cuts=["2023-10-01", "2023-11-01"])
    assert (table["interval_level"] == 0.9).all()


# Laws


def test_orders_after_the_horizon_change_nothing(frame):
    cut = ["2023-09-30"]
    whole = backtest(read_orders(frame, as_of="2024-02-04"), holdout_days=60, cuts=cut)
    until = frame[frame["ordered_at"] < "2023-11-30"]
    cut_off = backtest(read_orders(until, as_of="2024-02-04"), holdout_days=60, cuts=cut)
    assert_frame_equal(whole, cut_off)


def test_orders_after_the_cut_change_no_forecast(frame):
    cut = ["2023-09-30"]
    known = frame["ordered_at"] < "2023-10-01"
    without = backtest(read_orders(frame[known], as_of="2024-02-04"), holdout_days=60, cuts=cut)
    whole = backtest(read_orders(frame, as_of="2024-02-04"), holdout_days=60, cuts=cut)
    said = [each.set_index("model")["expected_orders"].sort_index() for each in (without, whole)]
    pd.testing.assert_series_equal(*said)
    assert without["actual_orders"].max() == 0 < whole["actual_orders"].min()


def test_the_sentence_agrees_with_the_table(table):
    """Every claim of the sentence is looked up again."""
    said = table.attrs["verdict"]
    assert said == verdict(table)
    score = (table["log_score"] * table["customers"]).groupby(table["model"]).sum()
    best = score.idxmax()
    first = int((table.loc[table["model"] == best, "rank"] == 1).sum())
    assert said.startswith(f"{best} forecasts best")
    assert f"over {table['cut'].nunique()} cuts, and is first at {first}." in said
    always = said.split("Clearly worse at every cut: ")[1].split(".")[0].split(", ")
    loses = (table["loses_to"] != "").groupby(table["model"]).all()
    assert set(always) == set(loses.index[loses]) - {best}


def test_of_equal_models_the_more_frequent_winner_is_named():
    """Beyond six digits a log score means nothing."""
    table = pd.DataFrame(
        {"model": ["A", "B"], "cut": pd.Timestamp("2024-01-01"), "customers": 1000,
         "log_score": [-1.0, -1.0 + 1e-8], "rank": [1, 2], "loses_to": "", "coverage_90": 0.9,
         "is_baseline": False}
    )  # fmt: skip
    assert verdict(table).startswith("A forecasts best")


def test_a_simple_rule_that_wins_is_named(table):
    turned = table.assign(log_score=-table["log_score"])
    turned["rank"] = turned.groupby("cut")["log_score"].rank(ascending=False).astype("Int64")
    assert "No model beats this simple rule" in verdict(turned)


def test_coverage_that_is_off_is_said(table):
    assert "not to be believed" in verdict(table.assign(coverage_90=0.7))


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"cuts": 9}, r"cuts: 3 of 9 \(2022-.*room for cuts=6"),
        ({"cuts": 0}, "cuts: 0 is not a number of cuts"),
        ({"cuts": "last"}, "cuts: 'last' is not a date"),
        ({"cuts": ["2024-02-01"]}, "1 of 1"),
        ({"models": ["arima"]}, "models: 'arima' is not one of"),
        ({"models": []}, "models: none given"),
        ({"holdout_days": 0}, "not a whole number of days"),
    ],
)
def test_what_cannot_be_tested(orders, options, match):
    with pytest.raises(ArgumentError, match=match):
        backtest(orders, **({"holdout_days": 60} | options))


# References


def test_cdnow_39_weeks_against_39():
    """MBG/NBD beats everybody's own rate, as in the literature."""
    orders = read_orders(cdnow_orders(), as_of="1998-06-30")
    table = backtest(orders, holdout_days=273, cuts=["1997-09-30"]).set_index("model")
    assert table.loc["MBG/NBD", "log_score"] > table.loc["own_rate", "log_score"] + 0.02
    assert "MBG/NBD" in table.loc["own_rate", "loses_to"]
    assert np.allclose(table["actual_orders"], 1882)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["grocery", "yandex_afisha"])
def test_real_tables(name):
    if not (DATA / name).exists():
        pytest.skip("the table is not beside the project")
    table = backtest(real_orders(name), holdout_days=60, cuts=2)
    score = (table["log_score"] * table["customers"]).groupby(table["model"]).sum()
    assert score["MBG/NBD"] > score["own_rate"]


def real_orders(name: str) -> Orders:
    if name == "grocery":
        return read_orders(DATA / "grocery" / "groceryElog.csv", columns={"amount": None})
    return read_orders(DATA / "yandex_afisha" / "orders_log_us.csv")


@pytest.mark.parametrize(("gap", "better"), [(0.15, ""), (0.25, "b")])
def test_a_forecast_is_better_beyond_two_standard_errors(gap: float, better: str) -> None:
    """100 customers, whose scores are one better or worse around the gap: its error is .1."""
    ahead = gap + np.array([1.0, -1.0])
    assert _better("a", {"a": np.zeros(2), "b": ahead}, np.array([50.0, 50.0])) == better
