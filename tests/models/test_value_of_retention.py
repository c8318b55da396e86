"""What a point of retention is worth."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.models.customer_value import customer_value
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.value_of_retention import value_of_retention


@pytest.fixture(scope="module")
def fits(cdnow: pd.DataFrame):
    weeks = {"time_unit_days": 7}
    return cdnow, fit_mbg_nbd(cdnow, **weeks), fit_gamma_gamma(cdnow[cdnow["monetary_value"] != 0])


# Examples


def test_a_point_is_one_in_a_hundred_customers_who_buys(fits):
    customers, fit, spend_fit = fits
    days = customers.assign(recency=customers["recency"] * 7, T=customers["T"] * 7)
    table = value_of_retention(days, fit, spend_fit, points=[0, 2], margin=0.3)
    assert table["customers_added"].tolist() == pytest.approx([0, 0.02 * 2357])
    value = customer_value(days, fit, spend_fit, with_intervals=False)["expected_value"].sum()
    p_order = fit.predict(customers)["p_order"].sum()
    assert table["value_per_customer"].tolist() == pytest.approx([0.3 * value / p_order] * 2)
    assert table["value_added"][1] == pytest.approx(0.02 * 2357 * 0.3 * value / p_order)
    rate = p_order / 2357
    assert table["return_rate"].tolist() == pytest.approx([rate, rate + 0.02])
    assert table["contract_multiple"][0] == pytest.approx(rate / (1.1 - rate))
    assert table.attrs["definition"] == "value_of_retention"
    assert table.attrs["customers"] == 2357
    assert table.attrs["parameters"] == {
        "margin": 0.3, "annual_discount_rate": 0.1, "model": "MBG/NBD",
    }  # fmt: skip


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"points": [90]}, "90 points more are not possible"),
        ({"points": [-90]}, "90 points fewer are not possible"),
        ({"points": []}, "points: none given"),
        ({"points": ["many"]}, "is not a number"),
        ({"margin": 30}, "30 % is 0.3"),
    ],
)
def test_what_cannot_be_asked(fits, options, match):
    customers, fit, spend_fit = fits
    with pytest.raises(ArgumentError, match=match):
        value_of_retention(customers, fit, spend_fit, **options)
