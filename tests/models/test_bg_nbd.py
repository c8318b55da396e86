"""The BG/NBD fit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retention.errors import ArgumentError, FitError
from retention.models.beta_geometric_fit import BetaGeometricFit
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.dropout import BetaDropout
from retention.models.estimates import Quality
from retention.models.purchase_rate import GammaRate
from retention.names import GLOSSARY

HISTORIES = st.lists(
    st.tuples(st.integers(0, 6), st.floats(0.05, 1), st.integers(1, 400)), min_size=4, max_size=40
)


def known(r: float, alpha: float, a: float, b: float) -> BetaGeometricFit:
    """A fit with parameters from the literature, in weeks."""
    return BetaGeometricFit(
        model="BG/NBD",
        rate=GammaRate(r, alpha),
        dropout=BetaDropout(a, b),
        covariance=tuple((0.0,) * 4 for _ in range(4)),
        quality=Quality(0.0, 0.0, 1.0, 1),
        time_unit_days=7.0,
    )


def customers_of(histories: list[tuple[int, float, int]]) -> pd.DataFrame:
    """Customers from (frequency, recency as a share of T, T)."""
    table = pd.DataFrame(histories, columns=["frequency", "share", "T"])
    table["recency"] = np.where(table["frequency"] > 0, table["share"] * table["T"], 0.0)
    return table.assign(customer_id=[f"c{row}" for row in range(len(table))])


def assert_tidy(table: pd.DataFrame) -> None:
    """Columns have the dtypes of the glossary, and a plain index."""
    assert isinstance(table.index, pd.RangeIndex)
    for name in table:
        assert str(table[name].dtype) == GLOSSARY[name].dtype, name


# examples


def test_tables_are_tidy(cdnow):
    fit = fit_bg_nbd(cdnow, time_unit_days=7)
    for table in (fit.parameters(), fit.summary(), fit.predict(cdnow), fit.order_counts()):
        assert_tidy(table)
    assert_tidy(fit.expected_new_orders(horizon_days=[30, 60]))


def test_prediction_keeps_ids_and_rows(cdnow):
    fit = fit_bg_nbd(cdnow, time_unit_days=7)
    mixed = cdnow.sample(frac=1, random_state=1)
    found = fit.predict(mixed, horizon_days=273)
    assert found["customer_id"].tolist() == mixed["customer_id"].tolist()
    again = fit.predict(cdnow, horizon_days=273)
    merged = found.merge(again, on="customer_id", suffixes=("", "_again"))
    np.testing.assert_allclose(merged["expected_orders"], merged["expected_orders_again"])


def test_numbers_as_ids_become_text():
    customers = customers_of([(0, 1, 50), (1, 0.5, 60), (3, 0.9, 70), (0, 1, 20)])
    found = fit_bg_nbd(customers).predict(customers.assign(customer_id=[7, 8, 9, 10]))
    assert found["customer_id"].tolist() == ["7", "8", "9", "10"]


def test_json_keeps_every_digit(cdnow):
    fit = fit_bg_nbd(cdnow, time_unit_days=7)
    again = BetaGeometricFit.from_json(fit.to_json())
    assert again == fit
    pd.testing.assert_frame_equal(again.predict(cdnow), fit.predict(cdnow))


def test_the_sentence_says_what_was_found(cdnow):
    said = fit_bg_nbd(cdnow, time_unit_days=7).sentence()
    assert said.startswith("BG/NBD, fitted to 2,357 customers: at the mean rate")
    assert "every 127.4 days" in said
    assert "24.6% leave for good" in said


# laws


def test_the_unit_of_time_changes_no_probability(cdnow):
    days = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7)
    in_weeks, in_days = fit_bg_nbd(cdnow, time_unit_days=7), fit_bg_nbd(days)
    columns = ["p_alive", "p_order", "expected_orders"]
    np.testing.assert_allclose(
        in_days.predict(days)[columns], in_weeks.predict(cdnow)[columns], rtol=1e-8
    )
    ratio = in_days.parameters()["estimate"] / in_weeks.parameters()["estimate"]
    np.testing.assert_allclose(ratio, [1, 7, 1, 1], rtol=1e-8)
    shift = in_days.quality.log_likelihood - in_weeks.quality.log_likelihood
    assert shift == pytest.approx(-np.log(7) * cdnow["frequency"].sum(), rel=1e-10)


def test_weights_are_repeated_rows(cdnow):
    some = cdnow.head(300)
    weights = 1 + np.arange(300) % 4
    weighted = fit_bg_nbd(some.assign(customers=weights))
    repeated = fit_bg_nbd(some.loc[some.index.repeat(weights)])
    np.testing.assert_allclose(
        weighted.parameters()["estimate"], repeated.parameters()["estimate"], rtol=1e-8
    )
    np.testing.assert_allclose(weighted.covariance, repeated.covariance, rtol=1e-6)
    assert weighted.summary()["customers"][0] == weights.sum()


@settings(max_examples=10, deadline=None)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_any_table_with_a_repeat_fits_and_row_order_is_nothing(histories, random):
    customers = customers_of(histories)
    assume(customers["frequency"].any())
    fit = fit_bg_nbd(customers)
    assert fit.quality.is_converged
    found = fit.predict(customers)
    assert found["p_alive"].between(0, 1).all()
    assert found["p_order"].between(0, 1).all()
    assert np.isfinite(found["expected_orders"]).all()
    order = list(range(len(customers)))
    random.shuffle(order)
    assert fit_bg_nbd(customers.iloc[order]) == fit


def test_a_fit_recovers_what_made_the_data(simulate):
    customers = simulate(20_000, rate=(0.6, 5.0), dropout=(0.9, 2.1), first_chances=0, seed=11)
    table = fit_bg_nbd(customers).parameters()
    miss = (table["estimate"] - [0.6, 5.0, 0.9, 2.1]) / table["std_error"]
    assert miss.abs().max() < 3.5


def test_frequent_buyers_break_nothing(simulate):
    customers = simulate(400, rate=(0.5, 0.05), dropout=(0.02, 9.0), first_chances=0, seed=3)
    assert customers["frequency"].max() > 1_000
    fit = fit_bg_nbd(customers)
    found = fit.predict(customers)
    assert fit.quality.is_converged
    assert np.isfinite(found["expected_orders"]).all()
    assert found["p_alive"].between(0, 1).all()


# limits


def test_nobody_drops_out(simulate):
    customers = simulate(5_000, rate=(0.5, 6.0), dropout=(0.0,), first_chances=0, seed=5)
    # Whoever came back came back on the last day: nothing speaks for leaving.
    customers["recency"] = customers["T"].where(customers["frequency"] > 0, 0.0)
    fit = fit_bg_nbd(customers)
    assert fit.summary()["limit"][0] == "nobody drops out (NBD)"
    assert fit.parameters()["parameter"].tolist() == ["r", "alpha"]
    assert (fit.predict(customers)["p_alive"] == 1).all()
    assert "Nobody drops out" in fit.sentence()


def test_everyone_alike(simulate):
    customers = simulate(5_000, rate=(0.05,), dropout=(0.3, 0.9), first_chances=0, seed=1)
    fit = fit_bg_nbd(customers)
    assert fit.summary()["limit"][0] == "everyone alike (Poisson rate)"
    assert fit.parameters()["estimate"][0] == pytest.approx(0.05, rel=0.1)
    assert "Everyone is alike" in fit.sentence()


def test_both_limits_at_once_are_a_poisson_rate():
    customers = customers_of([(2, 0.7, 100)] * 30 + [(1, 0.5, 50)] * 30 + [(4, 1, 200)] * 5)
    fit = fit_bg_nbd(customers)
    assert fit.summary()["limit"][0] == "everyone alike, nobody drops out (Poisson)"
    days = customers["T"].sum()
    assert fit.rate.usual_gap(np.zeros(1), np.zeros(1))[0] == pytest.approx(
        days / customers["frequency"].sum()
    )
    assert fit.summary()["aic"][0] == pytest.approx(2 - 2 * fit.quality.log_likelihood)


def test_nobody_came_back_twice(simulate):
    customers = simulate(3_000, rate=(0.5, 6.0), dropout=(1.0,), first_chances=0, seed=2)
    fit = fit_bg_nbd(customers)
    assert fit.summary()["limit"][0] == "everyone leaves at the first chance"
    alive = fit.predict(customers)["p_alive"]
    assert (alive == (customers["frequency"] == 0)).all()


# refusals


def test_without_a_repeat_there_is_nothing_to_learn():
    with pytest.raises(FitError, match=r"none of 3 customers has a second purchase day"):
        fit_bg_nbd(customers_of([(0, 1, 50)] * 3))


def test_one_customer_is_not_enough():
    with pytest.raises(FitError, match=r"1 customer is not enough"):
        fit_bg_nbd(customers_of([(2, 0.5, 50)]))


@pytest.mark.parametrize("unit", [0, -7, np.inf, np.nan])
def test_a_unit_of_time_is_a_number_of_days(unit, cdnow):
    with pytest.raises(ArgumentError, match=r"time_unit_days: .* is not a number of days above 0"):
        fit_bg_nbd(cdnow, time_unit_days=unit)


@pytest.mark.parametrize("horizon", [0, -1, 30.5, True, np.inf])
def test_a_horizon_is_whole_days(horizon, cdnow):
    with pytest.raises(ArgumentError, match=r"horizon_days: .* is not a whole number of days"):
        known(0.2, 4.4, 0.8, 2.4).predict(cdnow, horizon_days=horizon)


def test_a_prediction_needs_ids(cdnow):
    with pytest.raises(ArgumentError, match=r"missing \('customer_id'\).*who is who"):
        known(0.2, 4.4, 0.8, 2.4).predict(cdnow.drop(columns="customer_id"))


@pytest.mark.parametrize("saved", ["{}", "[1]", '{"kind": "retention spend fit 1"}'])
def test_another_text_is_no_fit(saved):
    with pytest.raises(ArgumentError, match=r"saved: not a 'retention order fit 1'"):
        BetaGeometricFit.from_json(saved)


def test_broken_text_is_no_fit():
    with pytest.raises(ArgumentError, match=r"saved: not JSON \('hello'\)"):
        BetaGeometricFit.from_json("hello")


def test_lifetimes_has_no_limits():
    fit = fit_bg_nbd(customers_of([(2, 0.7, 100)] * 30 + [(1, 0.5, 50)] * 30))
    with pytest.raises(ArgumentError, match=r"at a limit, .* lifetimes has no parameters"):
        fit.to_lifetimes()


# references


def test_cdnow_with_exact_times(cdnow):
    """Fader, Hardie, Lee (2005), table 2: .243, 4.414, .793, 2.426, LL -9582.4."""
    fit = fit_bg_nbd(cdnow, time_unit_days=7)
    estimates = [0.2425945, 4.4136019, 0.7929199, 2.4258881]
    np.testing.assert_allclose(fit.parameters()["estimate"], estimates, rtol=1e-4)
    assert fit.quality.log_likelihood == pytest.approx(-9582.429207, abs=1e-3)
    assert fit.summary()["is_converged"][0]
    assert fit.summary()["limit"][0] == ""


def test_cdnow_standard_errors(cdnow):
    """Covariance matrix of CLVTools 0.12."""
    fit = fit_bg_nbd(cdnow, time_unit_days=7)
    errors = [0.01255738, 0.37822386, 0.18573277, 0.70540681]
    np.testing.assert_allclose(fit.parameters()["std_error"], errors, rtol=1e-3)
    assert fit.covariance[0][1] == pytest.approx(0.003706417, rel=1e-3)
    assert fit.covariance[2][3] == pytest.approx(0.1232158, rel=1e-3)
    np.testing.assert_allclose(fit.covariance, np.transpose(fit.covariance), rtol=1e-12)


def test_cdnow_with_rounded_times(cdnow_rounded):
    """The summary of lifetimes 0.11 and its fit."""
    fit = fit_bg_nbd(cdnow_rounded, time_unit_days=7)
    estimates = [0.242593, 4.413532, 0.792886, 2.425752]
    np.testing.assert_allclose(fit.parameters()["estimate"], estimates, rtol=1e-4)
    assert fit.quality.log_likelihood == pytest.approx(-9582.42556, abs=1e-4)


def test_orders_of_new_customers():
    """E[X(39)], E[X(52)], E[X(78)] of lifetimes 0.11."""
    fit = known(0.2425945, 4.4136019, 0.7929199, 2.4258881)
    found = fit.expected_new_orders(horizon_days=[39 * 7, 52 * 7, 78 * 7])
    np.testing.assert_allclose(
        found["expected_orders"], [1.195009, 1.444011, 1.857956], atol=1e-6 * 5
    )


def test_orders_of_a_known_customer():
    """Hardie's spreadsheet: 1.226; in arithmetic of 50 digits 1.226028."""
    one = pd.DataFrame({"customer_id": ["1"], "frequency": [2], "recency": [30.43], "T": [38.86]})
    found = known(0.243, 4.414, 0.793, 2.426).predict(one, horizon_days=39 * 7)
    assert found["expected_orders"][0] == pytest.approx(1.226028, abs=1e-5)


def test_counts_of_new_customers():
    """Probabilities in the manual of BTYD."""
    fit = known(0.243, 4.414, 0.793, 2.426)
    p = fit.order_counts(horizon_days=39 * 7, most=3)["p_orders"]
    assert p[0] == pytest.approx(0.5737864, abs=1e-6)
    p = fit.order_counts(horizon_days=2 * 7, most=10)["p_orders"]
    assert p[10] == pytest.approx(1.07869e-07, rel=1e-5)
    p = fit.order_counts(horizon_days=30 * 7, most=15)["p_orders"]
    expected = [0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638]
    np.testing.assert_allclose(p[11:], expected, atol=1e-9)
