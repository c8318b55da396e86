"""Groups of customers with a model of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import ArgumentError
from retention.models.fit_by_group import fit_by_group
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.names import OTHER


@pytest.fixture
def two_kinds(simulate) -> pd.DataFrame:
    """Half of the customers buy three times as often."""
    slow = simulate(1500, rate=(0.6, 15.0), dropout=(0.9, 2.1), first_chances=1, seed=1)
    quick = simulate(1500, rate=(0.6, 5.0), dropout=(0.9, 2.1), first_chances=1, seed=2)
    table = pd.concat([slow.assign(channel="shop"), quick.assign(channel="web")], ignore_index=True)
    return table.assign(customer_id=table.index.astype("str"))


# Examples


def test_groups_that_differ_are_told_apart(two_kinds):
    fit = fit_by_group(two_kinds, by="channel")
    test = fit.test().iloc[0]
    assert test["p_value"] < 1e-6
    assert (test["groups"], test["degrees"]) == (2, 4)
    apart = sum(one.quality.log_likelihood for one in fit.fits.values())
    assert test["statistic"] == pytest.approx(2 * (apart - fit.pooled.quality.log_likelihood))
    year = fit.summary().set_index("group_name")["expected_orders"]
    assert year["web"] > 1.8 * year["shop"]
    assert "with web" in fit.sentence() and "with shop" in fit.sentence()


def test_groups_that_do_not_differ_are_said_to_be_alike(two_kinds):
    halves = two_kinds.assign(lot=["a", "b"] * 1500)
    fit = fit_by_group(halves, by="lot")
    assert fit.test()["p_value"][0] > 0.05
    assert "do not differ clearly" in fit.sentence()


def test_everybody_is_told_by_the_own_group(two_kinds):
    fit = fit_by_group(two_kinds, by="channel")
    mixed = two_kinds.sample(frac=1, random_state=1)
    found = fit.predict(mixed, horizon_days=90)
    assert found["customer_id"].tolist() == mixed["customer_id"].tolist()
    web = mixed[mixed["channel"] == "web"]
    own = fit_mbg_nbd(two_kinds[two_kinds["channel"] == "web"]).predict(web, horizon_days=90)
    is_web = (mixed["channel"] == "web").to_numpy()
    assert_frame_equal(found[is_web].reset_index(drop=True), own)


def test_small_groups_are_one(two_kinds):
    odd = two_kinds["channel"].where(two_kinds.index % 20 != 0, "rare" + two_kinds["customer_id"])
    fit = fit_by_group(two_kinds.assign(channel=odd), by="channel")
    assert set(fit.fits) == {"shop", "web", OTHER}
    stranger = two_kinds.head(3).assign(channel="new")
    rare = fit.fits[OTHER].predict(stranger)
    assert_frame_equal(fit.predict(stranger), rare)


def test_a_handful_joins_the_smallest_group(two_kinds):
    few = two_kinds["channel"].where(two_kinds.index >= 5, None)
    fit = fit_by_group(two_kinds.assign(channel=few), by="channel")
    assert set(fit.fits) == {"web", OTHER}
    assert sum(one.quality.customers for one in fit.fits.values()) == 3000


def test_a_group_that_never_came_back_joins_the_smallest(two_kinds):
    once = two_kinds["frequency"] == 0
    kind = two_kinds["channel"].where(~once | (two_kinds.index % 3 > 0), "never")
    assert (kind == "never").sum() >= 100
    fit = fit_by_group(two_kinds.assign(channel=kind), by="channel")
    assert len(fit.fits) == 2 and OTHER in fit.fits
    assert sum(one.quality.customers for one in fit.fits.values()) == len(two_kinds)


def test_rows_may_share_their_labels(two_kinds):
    fit = fit_by_group(two_kinds, by="channel")
    twice = pd.concat([two_kinds.head(3), two_kinds.head(3)])
    expected = pd.concat([fit.predict(two_kinds.head(3))] * 2, ignore_index=True)
    assert_frame_equal(fit.predict(twice), expected)


# Laws


def test_where_groups_are_drawn_by_lot_the_test_is_right(simulate):
    """One in twenty of such tests is below .05; of forty, at most seven by chance."""
    random = np.random.default_rng(5)
    values = []
    for seed in range(40):
        table = simulate(600, rate=(0.8, 6.0), dropout=(0.9, 2.1), first_chances=1, seed=100 + seed)
        lots = random.choice(["a", "b"], len(table))
        values.append(fit_by_group(table.assign(lot=lots), by="lot").test()["p_value"][0])
    assert (np.array(values) < 0.05).sum() <= 7
    assert np.median(values) > 0.2


# Refusals


def test_one_group_only(two_kinds):
    with pytest.raises(ArgumentError, match="by: 1 of 1 groups of 'channel' have 100 customers"):
        fit_by_group(two_kinds.assign(channel="web"), by="channel")


def test_a_missing_column(two_kinds):
    with pytest.raises(ArgumentError, match="'city'"):
        fit_by_group(two_kinds, by="city")
