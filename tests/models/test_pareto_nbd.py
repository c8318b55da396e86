"""The Pareto/NBD fit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retention.errors import ArgumentError, FitError
from retention.models.attrition import GammaAttrition, SameAttrition
from retention.models.history import History, compress_customers
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.outlook import new_customer
from retention.models.pareto_fit import ParetoFit
from retention.models.pareto_likelihood import pareto_likelihood
from retention.models.pareto_nbd import fit_pareto_nbd
from retention.models.pareto_outlook import ParetoBehaviour
from retention.models.purchase_rate import GammaRate, SameRate
from retention.names import GLOSSARY

WALKTHROUGH = ParetoBehaviour(GammaRate(0.5534, 10.5802), GammaAttrition(0.6061, 11.6562))
FREQUENT = ParetoBehaviour(GammaRate(0.5143, 2.8845), GammaAttrition(0.2856, 14.1087))
HISTORIES = st.lists(
    st.tuples(st.integers(0, 6), st.floats(0.05, 1), st.integers(1, 400)), min_size=4, max_size=40
)


def histories(*rows: tuple[float, float, float]) -> History:
    return compress_customers(pd.DataFrame(rows, columns=["frequency", "recency", "T"]))


def customers_of(rows: list[tuple[int, float, int]]) -> pd.DataFrame:
    """Customers from (frequency, recency as a share of T, T)."""
    table = pd.DataFrame(rows, columns=["frequency", "share", "T"])
    table["recency"] = np.where(table["frequency"] > 0, table["share"] * table["T"], 0.0)
    return table.assign(customer_id=[f"c{row}" for row in range(len(table))])


def simulated(
    customers: int, *, rate: GammaRate | SameRate, hazard: Callable[..., np.ndarray], seed: int
) -> pd.DataFrame:
    """Customers of 20 to 52 weeks who buy until they leave."""
    random = np.random.default_rng(seed)
    age = random.uniform(20, 52, customers)
    pace = (
        random.gamma(rate.r, 1 / rate.alpha, customers)
        if isinstance(rate, GammaRate)
        else np.full(customers, rate.rate)
    )
    until = np.minimum(age, random.exponential(1, customers) / hazard(random, customers))
    frequency = random.poisson(pace * until)
    with np.errstate(divide="ignore"):
        latest = until * random.uniform(size=customers) ** (1 / frequency)
    ids = [f"c{row}" for row in range(customers)]
    recency = np.where(frequency > 0, latest, 0.0)
    return pd.DataFrame({"customer_id": ids, "frequency": frequency, "recency": recency, "T": age})


# examples


def test_one_customer_by_hand():
    """Equal rates and hazards: mu and lambda integrate in closed form."""
    value, *_ = pareto_likelihood(SameRate(0.5), SameAttrition(0.2), histories((1, 2.0, 3.0)))
    active = np.exp(-0.7 * 3)
    left = 0.2 / 0.7 * (np.exp(-0.7 * 2) - np.exp(-0.7 * 3))
    assert value == pytest.approx(np.log(0.5 * (active + left)), rel=1e-12)


def test_tables_are_tidy_and_ids_are_kept(cdnow):
    fit = fit_pareto_nbd(cdnow, time_unit_days=7)
    found = fit.predict(cdnow)
    assert found["customer_id"].tolist() == cdnow["customer_id"].tolist()
    for table in (fit.parameters(), fit.summary(), found, fit.order_counts()):
        for name in table:
            assert str(table[name].dtype) == GLOSSARY[name].dtype, name


def test_json_keeps_every_digit(cdnow):
    fit = fit_pareto_nbd(cdnow, time_unit_days=7)
    assert ParetoFit.from_json(fit.to_json()) == fit


def test_the_sentence_says_what_was_found(cdnow):
    said = fit_pareto_nbd(cdnow, time_unit_days=7).sentence()
    assert said.startswith("Pareto/NBD, fitted to 2,357 customers: at the mean rate")
    assert "every 133.8 days" in said
    assert "64.3% leave for good within a year" in said


# laws


@pytest.mark.parametrize(
    ("make_rate", "rate"), [(GammaRate.at, (-0.2, 0.3)), (SameRate.at, (0.2,))]
)
@pytest.mark.parametrize(
    ("make_leaving", "leaving"),
    [
        (GammaAttrition.at, (-0.4, 0.3)),
        (GammaAttrition.at, (-0.4, -3.0)),
        (GammaAttrition.at, (-0.4, 5.0)),
        (SameAttrition.at, (-0.4,)),
    ],
)
def test_the_derivatives_are_those_of_the_value(make_rate, rate, make_leaving, leaving):
    some = histories((0, 0, 9), (0, 0, 30), (1, 3, 30), (1, 9, 9), (5, 20, 22), (30, 29, 30))
    some, point = some.scaled(20), np.array([*rate, *leaving])

    def at(here):
        parts = make_rate(here[: len(rate)]), make_leaving(here[len(rate) :])
        return pareto_likelihood(*parts, some)

    _, gradient, hessian = at(point)
    steps = 1e-5 * np.eye(point.size)
    slopes = [(at(point + h).value - at(point - h).value) / 2e-5 for h in steps]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-7)
    bends = [(at(point + h).gradient - at(point - h).gradient) / 2e-5 for h in steps]
    np.testing.assert_allclose(hessian, bends, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("part", [GammaAttrition(0.7, 5.0), SameAttrition(0.3)])
def test_coordinates_and_jacobian_belong_together(part):
    here = part.coordinates()
    for column, step in enumerate(1e-6 * np.eye(here.size)):
        up, down = type(part).at(here + step), type(part).at(here - step)
        moved = [(getattr(up, n) - getattr(down, n)) / 2e-6 for n in part.names]
        np.testing.assert_allclose(part.jacobian()[:, column], moved, rtol=1e-6, atol=1e-9)
    for name in part.names:
        assert getattr(type(part).at(here), name) == pytest.approx(getattr(part, name), rel=1e-12)


def test_the_unit_of_time_changes_no_probability(cdnow):
    days = cdnow.assign(recency=cdnow["recency"] * 7, T=cdnow["T"] * 7)
    in_weeks, in_days = fit_pareto_nbd(cdnow, time_unit_days=7), fit_pareto_nbd(days)
    columns = ["p_alive", "p_order", "expected_orders"]
    np.testing.assert_allclose(
        in_days.predict(days)[columns], in_weeks.predict(cdnow)[columns], rtol=1e-8
    )
    ratio = in_days.parameters()["estimate"] / in_weeks.parameters()["estimate"]
    np.testing.assert_allclose(ratio, [1, 7, 1, 7], rtol=1e-8)
    ratio = in_days.parameters()["std_error"] / in_weeks.parameters()["std_error"]
    np.testing.assert_allclose(ratio, [1, 7, 1, 7], rtol=1e-6)
    shift = in_days.quality.log_likelihood - in_weeks.quality.log_likelihood
    assert shift == pytest.approx(-np.log(7) * cdnow["frequency"].sum(), rel=1e-10)


def test_weights_are_repeated_rows(cdnow):
    some = cdnow.head(300)
    weights = 1 + np.arange(300) % 4
    weighted = fit_pareto_nbd(some.assign(customers=weights))
    repeated = fit_pareto_nbd(some.loc[some.index.repeat(weights)])
    np.testing.assert_allclose(
        weighted.parameters()["estimate"], repeated.parameters()["estimate"], rtol=1e-8
    )
    np.testing.assert_allclose(weighted.covariance, repeated.covariance, rtol=1e-6)


@settings(max_examples=10, deadline=None)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_any_table_with_a_repeat_fits_and_row_order_is_nothing(rows, random):
    customers = customers_of(rows)
    assume(customers["frequency"].any())
    fit = fit_pareto_nbd(customers)
    assert fit.quality.is_converged
    found = fit.predict(customers)
    assert found["p_alive"].between(0, 1).all()
    assert found["p_order"].between(0, 1).all()
    assert np.isfinite(found["expected_orders"]).all()
    order = list(range(len(customers)))
    random.shuffle(order)
    assert fit_pareto_nbd(customers.iloc[order]) == fit


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_fit_recovers_what_made_the_data(seed):
    customers = simulated(
        20_000,
        rate=GammaRate(0.6, 5.0),
        hazard=lambda random, size: random.gamma(1.4, 1 / 30, size),
        seed=seed,
    )
    table = fit_pareto_nbd(customers).parameters()
    miss = (np.log(table["estimate"]) - np.log([0.6, 5.0, 1.4, 30.0])) / (
        table["std_error"] / table["estimate"]
    )
    assert miss.abs().max() < 3.5


@pytest.mark.parametrize("behaviour", [WALKTHROUGH, FREQUENT])
@pytest.mark.parametrize("horizon", [0.3, 52.0, 2000.0])
def test_counts_sum_to_one_and_have_the_expected_mean(behaviour, horizon):
    chances = behaviour.count_chances(horizon=horizon, most=20_000)
    new = behaviour.outlook(new_customer(), horizon=horizon)
    assert chances.min() >= 0
    assert chances.sum() == pytest.approx(1, abs=1e-7)
    assert chances @ np.arange(chances.size) == pytest.approx(new.expected_orders[0], rel=1e-5)
    assert 1 - chances[0] == pytest.approx(new.p_order[0], rel=1e-9)


def test_so_many_orders_or_more_agree_with_the_chances_of_counts():
    chances = WALKTHROUGH.count_chances(horizon=52.0, most=400)
    n = np.arange(1, 30)
    zero = np.zeros(1)
    found = WALKTHROUGH.at_least(n, frequency=zero.astype(int), recency=zero, T=zero, horizon=52.0)
    np.testing.assert_allclose(found, chances[::-1].cumsum()[::-1][1:30], rtol=1e-9)


def test_those_active_later_are_those_active_now_less_who_leaves():
    some = histories((0, 0, 39), (7, 35, 39))
    now, later = WALKTHROUGH.p_alive(some), WALKTHROUGH.p_alive_ahead(some, horizon=20.0)
    stays = ((11.6562 + 39) / (11.6562 + 59)) ** 0.6061
    np.testing.assert_allclose(later, now * stays, rtol=1e-12)


# limits


def test_nobody_drops_out():
    customers = simulated(
        1_500, rate=GammaRate(0.5, 6.0), hazard=lambda _, size: np.full(size, 1e-12), seed=2
    )
    customers["recency"] = customers["T"].where(customers["frequency"] > 0, 0.0)
    fit = fit_pareto_nbd(customers)
    assert fit.summary()["limit"][0] == "nobody drops out (NBD)"
    assert (fit.predict(customers)["p_alive"] == 1).all()
    assert fit.quality.log_likelihood == pytest.approx(
        fit_mbg_nbd(customers).quality.log_likelihood, abs=1e-8
    )


def test_everyone_leaves_at_one_hazard():
    customers = simulated(
        5_000, rate=GammaRate(0.8, 2.0), hazard=lambda _, size: np.full(size, 0.05), seed=2
    )
    fit = fit_pareto_nbd(customers)
    assert fit.summary()["limit"][0] == "everyone equally likely to leave"
    assert fit.parameters()["estimate"].iloc[-1] == pytest.approx(0.05, rel=0.1)
    assert ParetoFit.from_json(fit.to_json()) == fit


def test_a_share_leaves_at_once():
    def hazard(random, size):
        return np.where(random.uniform(size=size) < 0.6, 1e9, 1e-12)

    customers = simulated(4_000, rate=GammaRate(3.0, 10.0), hazard=hazard, seed=3)
    fit = fit_pareto_nbd(customers)
    assert fit.summary()["limit"][0] == "some leave at once, the others never"
    assert fit.parameters()["estimate"].iloc[-1] == pytest.approx(0.6, abs=0.03)
    assert "58.9% leave for good within a year" in fit.sentence()


def test_everyone_alike():
    customers = simulated(
        4_000,
        rate=SameRate(0.1),
        hazard=lambda random, size: random.gamma(1.0, 1 / 20, size),
        seed=5,
    )
    fit = fit_pareto_nbd(customers)
    assert "everyone alike (Poisson rate)" in fit.summary()["limit"][0]
    assert fit.parameters()["estimate"][0] == pytest.approx(0.1, rel=0.1)


# refusals


def test_without_a_repeat_there_is_nothing_to_learn():
    with pytest.raises(FitError, match=r"none of 3 customers has a second purchase day"):
        fit_pareto_nbd(customers_of([(0, 1, 50)] * 3))


def test_another_text_is_no_fit():
    with pytest.raises(ArgumentError, match=r"saved: not a 'retention Pareto/NBD fit 1'"):
        ParetoFit.from_json('{"kind": "retention order fit 1"}')


# references


def test_cdnow_with_exact_times(cdnow):
    """Fader, Hardie (2005): .553, 10.578, .606, 11.669, LL -9595.0; CLVTools 0.12."""
    fit = fit_pareto_nbd(cdnow, time_unit_days=7)
    assert fit.quality.log_likelihood == pytest.approx(-9594.976181, abs=1e-3)
    estimates = fit.parameters()["estimate"]
    np.testing.assert_allclose(estimates, [0.55327, 10.57780, 0.60602, 11.66391], rtol=1e-3)
    np.testing.assert_allclose(
        fit.parameters()["std_error"], [0.0476, 0.8427, 0.187, 6.2], rtol=0.01
    )
    assert fit.summary()["limit"][0] == ""
    np.testing.assert_allclose(fit.covariance, np.transpose(fit.covariance), rtol=1e-12)


def test_cdnow_with_rounded_times(cdnow_rounded):
    """lifetimes 0.11."""
    fit = fit_pareto_nbd(cdnow_rounded, time_unit_days=7)
    assert fit.quality.log_likelihood == pytest.approx(-9594.97393, abs=1e-4)


def test_a_known_customer():
    """The walkthrough of the BTYD package for R."""
    found = WALKTHROUGH.outlook(histories((26, 30.86, 31)), horizon=52.0)
    assert found.p_alive[0] == pytest.approx(0.997918, abs=1e-6)
    assert found.expected_orders[0] == pytest.approx(25.4549, abs=1e-4)
    new = WALKTHROUGH.outlook(new_customer(), horizon=52.0)
    assert new.expected_orders[0] == pytest.approx(1.473067, abs=1e-6)


def test_discounted_orders_without_an_end():
    """CLVTools 0.12, DERT at 15 % a year."""
    some = histories((0, 0, 39), (1, 10, 39), (7, 35, 39), (26, 30.86, 31))
    found = WALKTHROUGH.discounted_orders(some, horizon=np.inf, delta=np.log(1.15) / 52)
    np.testing.assert_allclose(found, [0.4759864, 1.8043684, 20.611365, 86.263670], rtol=1e-7)


@pytest.mark.parametrize(
    ("history", "alive", "log_likelihood", "orders"),
    [
        ((221, 103.42857, 103.57143), 0.9995960523, -61.58464856, 102.3718058),
        ((254, 97.14286, 97.28571), 0.9995582261, -19.62329222, 124.6605272),
        ((161, 94.71429, 98), 0.7494877523, -87.42925486, 58.9166307),
    ],
)
def test_frequent_buyers_at_which_others_fail(history, alive, log_likelihood, orders):
    """Histories of CLVTools' tests, in arithmetic of 50 digits."""
    found = FREQUENT.outlook(histories(history), horizon=52.0)
    assert found.p_alive[0] == pytest.approx(alive, rel=1e-9)
    assert found.expected_orders[0] == pytest.approx(orders, rel=1e-9)
    value, *_ = pareto_likelihood(FREQUENT.rate, FREQUENT.leaving, histories(history))
    assert value == pytest.approx(log_likelihood, rel=1e-9)
