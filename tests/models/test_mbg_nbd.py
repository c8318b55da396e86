"""The MBG/NBD fit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from retention.errors import FitError
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.dropout import BetaDropout
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.purchase_rate import GammaRate

# examples


def test_one_time_buyers_may_have_left(cdnow):
    found = fit_mbg_nbd(cdnow, time_unit_days=7).predict(cdnow)
    assert found.loc[cdnow["frequency"] == 0, "p_alive"].max() < 0.6


def test_a_fit_close_to_nobody_drops_out_says_so(cdnow):
    fit = fit_mbg_nbd(cdnow)
    close = BetaGeometricFit(
        fit.model, fit.rate, BetaDropout(0.002, 12.0), fit.covariance, fit.quality
    )
    assert "less than 0.1% leave" in close.sentence()
    assert "close to nobody drops out" in close.sentence()
    assert close.summary()["limit"][0] == ""


# laws


def test_a_fit_recovers_what_made_the_data(simulate):
    customers = simulate(20_000, rate=(0.6, 5.0), dropout=(0.9, 2.1), first_chances=1, seed=12)
    table = fit_mbg_nbd(customers).parameters()
    miss = (table["estimate"] - [0.6, 5.0, 0.9, 2.1]) / table["std_error"]
    assert miss.abs().max() < 3.5


def test_limits_cover_the_estimate_and_stay_positive(cdnow):
    table = fit_mbg_nbd(cdnow).parameters()
    assert (table["low"] > 0).all()
    assert (table["low"] < table["estimate"]).all()
    assert (table["estimate"] < table["high"]).all()


def test_expected_orders_agree_with_what_came(cdnow_lines, cdnow):
    """Calibrated to week 39, the 39 weeks after, Christmas included: right to a fifth."""
    end = pd.Timestamp("1997-09-30")
    later = cdnow_lines[
        (cdnow_lines["ordered_at"] > end)
        & (cdnow_lines["ordered_at"] <= end + pd.Timedelta(weeks=39))
    ]
    came = len(later.drop_duplicates(["customer_id", "ordered_at"]))
    fit = fit_mbg_nbd(cdnow, time_unit_days=7)
    expected = fit.predict(cdnow, horizon_days=273)["expected_orders"].sum()
    assert expected == pytest.approx(came, rel=0.2)


def test_the_higher_of_two_peaks_is_found():
    """A search from the pooled rate alone ends 0.066 lower, where everyone is slow."""
    one_time = [11, 11, 1, 7, 11, 9, 10, 5, 2, 1, 2, 6, 6, 11, 9, 6, 11]
    back = pd.DataFrame({"frequency": [8, 4, 1], "recency": [2, 4, 1], "T": [8, 4, 1]})
    rest = pd.DataFrame({"frequency": 0, "recency": 0, "T": one_time})
    fit = fit_mbg_nbd(pd.concat([back, rest]))
    assert fit.quality.log_likelihood == pytest.approx(-17.166040, abs=1e-5)
    assert fit.dropout.mean() > 0.8


# limits


def test_nobody_drops_out(simulate):
    customers = simulate(5_000, rate=(2.0, 6.0), dropout=(0.0,), first_chances=1, seed=8)
    # Everyone came back, last on the last day: nothing speaks for leaving.
    customers = customers[customers["frequency"] > 0]
    fit = fit_mbg_nbd(customers.assign(recency=customers["T"]))
    assert fit.summary()["limit"][0] == "nobody drops out (NBD)"
    assert (fit.predict(customers)["p_alive"] == 1).all()


def test_some_leave_at_once_and_the_others_never(simulate):
    customers = simulate(5_000, rate=(0.5, 6.0), dropout=(1e-9, 1.0), first_chances=1, seed=4)
    left = np.arange(5_000) % 5 < 2
    customers.loc[left, ["frequency", "recency"]] = 0
    fit = fit_mbg_nbd(customers)
    assert fit.summary()["limit"][0] == "some leave at once, the others never"
    assert fit.dropout.mean() == pytest.approx(0.4, abs=0.1)
    back = customers["frequency"] > 0
    assert (fit.predict(customers).loc[back, "p_alive"] == 1).all()
    row = fit.parameters().set_index("parameter").loc["share"]
    assert 0 < row["low"] < row["estimate"] < row["high"] < 1


# refusals


def test_everyone_a_one_time_buyer():
    customers = pd.DataFrame({"frequency": [0] * 9, "recency": [0] * 9, "T": range(9)})
    with pytest.raises(FitError, match=r"none of 9 customers has a second purchase day"):
        fit_mbg_nbd(customers)


# references


def test_cdnow_with_rounded_times(cdnow_rounded):
    """BTYDplus: .525, 6.183, .891, 1.614; standard errors recomputed."""
    fit = fit_mbg_nbd(cdnow_rounded, time_unit_days=7)
    table = fit.parameters()
    np.testing.assert_allclose(
        table["estimate"], [0.524838, 6.182988, 0.891356, 1.614000], rtol=1e-4
    )
    np.testing.assert_allclose(table["std_error"], [0.08326, 0.69560, 0.15479, 0.53747], rtol=1e-3)
    assert fit.quality.log_likelihood == pytest.approx(-9582.13268, abs=1e-4)


def test_cdnow_predictions(cdnow_rounded):
    """Values of lifetimes 0.11 at these parameters."""
    fit = fit_mbg_nbd(cdnow_rounded, time_unit_days=7)
    at = BetaGeometricFit(
        "MBG/NBD",
        GammaRate(0.524838, 6.182988),
        BetaDropout(0.891356, 1.614000),
        fit.covariance,
        fit.quality,
        7.0,
    )
    two = pd.DataFrame(
        {"customer_id": ["x", "y"], "frequency": [2, 0], "recency": [30.43, 0], "T": [38.86] * 2}
    )
    found = at.predict(two, horizon_days=273)
    assert found["expected_orders"][0] == pytest.approx(1.262671, abs=1e-5)
    assert found["p_alive"][1] == pytest.approx(0.389716, abs=1e-5)
    new = at.expected_new_orders(horizon_days=[273])["expected_orders"][0]
    assert new == pytest.approx(1.182284, abs=1e-5)
    assert at.predict(cdnow_rounded)["p_alive"].mean() == pytest.approx(0.448722, abs=1e-5)
