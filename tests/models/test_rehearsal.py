"""A sample shows the way, and changes no digit of what is found."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.models import history, spend
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.rehearsal import _peaks
from retention.orders.simulate import simulate_orders
from retention.tables.customer_summary import customer_summary

FITS = [fit_bg_nbd, fit_mbg_nbd, fit_gamma_gamma]


@pytest.fixture(scope="module")
def customers():
    return customer_summary(simulate_orders(customers=4000, random_state=5))


@pytest.mark.slow
@pytest.mark.parametrize("fit", FITS)
def test_the_estimates_are_those_without_a_sample(fit, customers, monkeypatch):
    found = []
    for size in (200, 10**9):
        monkeypatch.setattr(history, "SAMPLE", size)
        monkeypatch.setattr(spend, "SAMPLE", size)
        found.append(fit(customers))
    sampled, whole = (each.parameters().drop(columns="parameter") for each in found)
    np.testing.assert_allclose(sampled, whole, rtol=1e-5)
    assert found[0].summary()["log_likelihood"][0] == pytest.approx(
        found[1].summary()["log_likelihood"][0], abs=1e-8
    )


def test_peaks_are_one_where_they_are_close_and_out_where_they_are_low():
    def peak(place, value):
        return SimpleNamespace(coordinates=np.array([place]), value=value)

    found = _peaks([peak(0.0, 5.0), peak(0.04, 5.0), peak(0.5, 5.0), peak(9.0, -16.0)])
    assert [place.item() for place in found] == [0.0, 0.5]


@given(st.integers(1, 60), st.integers(1, 10))
def test_a_sample_is_spread_over_all_histories(rows, size):
    T = np.arange(rows, dtype=float)
    whole = history.History(np.zeros(rows, int), T * 0, T, T + 1, np.arange(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "SAMPLE", size)
        sample = whole.sample()
    if rows < 2 * size:
        assert sample is None
    else:
        assert size <= sample.T.size < 2 * size + 1
        assert set(zip(sample.T, sample.customers, strict=True)) <= set(zip(T, T + 1, strict=True))
        assert np.diff(sample.T).max(initial=0) == np.diff(sample.T).min(initial=rows // size)
