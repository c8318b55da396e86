"""Ids of people: who has two, from when, and how phones and addresses are written."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.orders.simulated.contacts import with_contacts
from retention.orders.simulated.registrations import ids_at, register


def shop(seed: int, people: int = 40) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People who join day by day, and three orders of each."""
    rng = np.random.default_rng(seed)
    joined = np.sort(rng.random(people)) * 100
    owner = np.tile(np.arange(people), 3)
    day = joined[owner] + np.repeat([0.0, 40.0, 80.0], people)
    at = pd.Timestamp("2023-01-01") + pd.to_timedelta(np.floor(day * 1440), unit="min")
    orders = pd.DataFrame({"owner": owner, "day": day, "ordered_at": at})
    return pd.DataFrame({"joined": joined}), orders.sort_values("day", ignore_index=True)


# Examples


def test_the_second_id_holds_from_its_first_order_on() -> None:
    names = pd.DataFrame(
        {
            "owner": [0, 0, 1],
            "since": pd.to_datetime(["1990-01-01 00:00", "2023-05-01 10:00", "1990-01-01 00:00"]),
            "customer_id": ["000001", "000003", "000002"],
            "phone": ["0950000001", "+84 950 000 001", None],
        }
    )
    owner = pd.Series([0, 1, 0, 0], index=[7, 8, 9, 10])
    at = pd.Series(
        pd.to_datetime(["2023-06-01 00:00"] * 2 + ["2023-05-01 10:00", "2023-05-01 09:59"]),
        index=owner.index,
    )
    found = ids_at(names, owner, at)
    assert found.index.tolist() == [7, 8, 9, 10]
    assert found["customer_id"].tolist() == ["000003", "000002", "000003", "000001"]


# Laws


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32), rate=st.sampled_from([0.0, 0.1, 0.5]))
def test_so_many_have_two_ids_and_both_are_used(seed: int, rate: float) -> None:
    people, orders = shop(seed)
    names = register(people, orders, rate, np.random.default_rng(seed))
    assert names["is_second"].sum() == round(rate * len(people))
    assert names["customer_id"].is_unique
    assert names["joined"].is_monotonic_increasing
    used = ids_at(names.assign(phone=""), orders["owner"], orders["ordered_at"])["customer_id"]
    assert set(used) == set(names["customer_id"])


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_two_ids_share_what_is_theirs_alone_written_otherwise(seed: int) -> None:
    people, orders = shop(seed)
    rng = np.random.default_rng(seed)
    names = with_contacts(register(people, orders, 0.4, rng), rng)
    phone = names["phone"].str.replace(r"\D", "", regex=True).str[-9:]
    email = names["email"].str.lower()
    for shared in (phone, email):
        owners = names[shared.notna()].groupby(shared)["owner"]
        assert (owners.min() == owners.max()).all()
    assert phone.dropna().str.startswith("95").all()
    assert names["phone"].dropna().is_unique
    assert names["email"].dropna().is_unique
    second = names["is_second"]
    same_phone = phone[second].isin(phone[~second])
    same_email = email[second].isin(email[~second])
    assert (same_phone | same_email).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_most_phones_are_written_plainly(seed: int) -> None:
    people, orders = shop(seed, people=2000)
    rng = np.random.default_rng(seed)
    phones = with_contacts(register(people, orders, 0.0, rng), rng)["phone"]
    assert phones.isna().mean() == pytest.approx(0.08, abs=0.03)
    shape = phones.dropna().str.replace(r"\d", "9", regex=True).value_counts(normalize=True)
    assert shape.to_dict() == {
        "9999999999": pytest.approx(0.60, abs=0.05),
        "+99 999 999 999": pytest.approx(0.25, abs=0.05),
        "99999999999": pytest.approx(0.15, abs=0.05),
    }
