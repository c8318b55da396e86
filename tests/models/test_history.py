"""Distinct histories of customers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.errors import ArgumentError
from retention.models.history import MOST_DAYS, compress_customers


def table(*rows: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["frequency", "recency", "T"])


# examples


def test_equal_histories_are_one_row_and_lead_back():
    history = compress_customers(table((1, 5, 9), (0, 0, 9), (1, 5, 9), (1, 4, 9)))
    assert history.frequency.tolist() == [0, 1, 1]
    assert history.recency.tolist() == [0, 4, 5]
    assert history.customers.tolist() == [1, 1, 2]
    assert history.row.tolist() == [2, 0, 2, 1]


def test_a_column_of_customers_counts():
    history = compress_customers(table((1, 5, 9), (1, 5, 9)).assign(customers=[3, 4]))
    assert history.customers.tolist() == [7]


def test_just_bought_moves_the_last_purchase_to_the_end():
    history = compress_customers(table((1, 5, 9), (0, 0, 9))).just_bought()
    assert history.recency.tolist() == [9, 9]
    assert history.frequency.tolist() == [0, 1]


def test_a_sample_is_every_so_many_th_from_the_middle_on():
    whole = compress_customers(table(*[(0, 0, day) for day in range(4000)]))
    sample = whole.sample()
    assert sample is not None
    assert sample.T.tolist() == list(range(2, 4000, 4))
    assert sample.customers.tolist() == [1] * 1000
    assert whole.part(slice(1999)).sample() is None


def test_as_many_days_as_there_may_be():
    assert compress_customers(table((MOST_DAYS, 5, 9))).frequency.tolist() == [MOST_DAYS]
    with pytest.raises(ArgumentError, match="have a frequency above"):
        compress_customers(table((MOST_DAYS + 1, 5, 9)))


def test_the_table_is_left_as_it_was():
    customers = table((1, 5, 9), (0, 0, 9))
    before = customers.copy()
    compress_customers(customers)
    pd.testing.assert_frame_equal(customers, before)


# laws


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(3, 4)), min_size=1))
def test_every_row_is_found_again(rows):
    history = compress_customers(table(*rows))
    back = np.column_stack([history.frequency, history.recency, history.T])[history.row]
    assert back.tolist() == [list(row) for row in rows]
    assert history.customers.sum() == len(rows)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(3, 4)), min_size=1))
def test_days_are_told_apart_as_weeks_are(rows):
    days = table(*rows)
    weeks = days.assign(recency=days["recency"] / 7, T=days["T"] / 7)
    by_days, by_weeks = compress_customers(days), compress_customers(weeks)
    assert by_days.row.tolist() == by_weeks.row.tolist()
    assert by_days.customers.tolist() == by_weeks.customers.tolist()


# refusals


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((np.nan, 0, 9), "1 of 2 rows have a missing or infinite number"),
        ((np.inf, 3, 9), "1 of 2 rows have a missing or infinite number"),
        ((1, -1, 9), "1 of 2 rows have a negative number"),
        ((1.5, 3, 9), "1 of 2 rows have a frequency that is not whole"),
        ((2e6, 3, 9), r"1 of 2 rows have a frequency above 1,000,000 days"),
        ((1, 10, 9), "1 of 2 rows have recency above T"),
        ((0, 3, 9), "1 of 2 rows have frequency 0 but recency above 0"),
        ((1, 0, 9), "1 of 2 rows have repeat purchases but recency 0"),
    ],
)
def test_contradictions_are_refused(row, message):
    with pytest.raises(ArgumentError, match=message):
        compress_customers(table((1, 5, 9), row))


def test_all_contradictions_are_said_at_once_with_ids():
    customers = table((0, 3, 9), (1, 10, 9)).assign(customer_id=["an", "ba"])
    with pytest.raises(ArgumentError, match=r"above T .*\('ba'\).*frequency 0.*\('an'\)"):
        compress_customers(customers)


def test_no_more_than_three_ids_are_shown():
    customers = table(*[(0, 3, 9)] * 5).assign(customer_id=list("abcde"))
    with pytest.raises(ArgumentError, match=r"5 of 5 rows .*\('a', 'b', 'c'\)\. See"):
        compress_customers(customers)


def test_a_count_of_no_customers_is_refused():
    with pytest.raises(ArgumentError, match="1 of 1 rows have a count of customers of 0"):
        compress_customers(table((1, 5, 9)).assign(customers=0))


def test_an_empty_table_is_refused():
    with pytest.raises(ArgumentError, match=r"the table has 0 rows"):
        compress_customers(table())


def test_a_missing_column_is_named():
    with pytest.raises(ArgumentError, match=r"1 of 3 needed columns are missing \('T'\)"):
        compress_customers(table((1, 5, 9)).drop(columns="T"))


def test_text_is_no_number():
    with pytest.raises(ArgumentError, match=r"column 'T' of 1 rows does not hold numbers \('nine'"):
        compress_customers(table((1, 5, 9)).assign(T="nine"))
