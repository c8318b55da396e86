"""By what ids of the same person can be merged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.identity.contacts import find_contacts
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

LINES = pd.DataFrame(
    {
        "customer_id": ["1", "2", "1"],
        "ordered_at": ["2024-01-01", "2024-02-01", "2024-03-01"],
        "amount": [10.0, 20.0, 30.0],
    }
)
PEOPLE = "customer_id,first_seen_at,{}\n1,2024-01-01,{}\n2,2024-01-01,{}\n"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Orders without phones and e-mails, and settings that name a table of people with e-mails."""
    LINES.to_csv(tmp_path / "orders.csv", index=False)
    people = PEOPLE.format("email", "an@example.com", "AN@example.com")
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    path = tmp_path / "retention.toml"
    path.write_text('source = "orders.csv"\npeople = "people.csv"\n', encoding="utf-8")
    return path


# examples


def test_without_a_column_for_them_there_is_none() -> None:
    orders = read_orders(LINES)
    assert find_contacts(LINES, orders) == ()
    assert read_orders(LINES, merge_by=[]).identity is None


def test_both_stand_in_the_orders_in_the_order_of_the_reader() -> None:
    lines = LINES.assign(phone=["0951234567"] * 3, email=["an@example.com"] * 3)
    assert find_contacts(lines, read_orders(lines)) == ("email", "phone")


def test_people_named_in_the_settings_count(settings: Path) -> None:
    found = find_contacts(settings, read_orders(settings))
    assert found == ("email",)
    assert read_orders(settings, merge_by=found).counts["customers"] == 1


def test_people_given_to_the_reader_count(settings: Path) -> None:
    path = settings.parent / "orders.csv"
    people = pd.read_csv(settings.parent / "people.csv", dtype=str)
    orders = read_orders(path, merge_by=["email"], people=people)
    assert find_contacts(path, orders) == ("email",)


def test_a_remote_table_is_not_merged_here() -> None:
    lines = LINES.assign(phone=["0951234567"] * 3)
    assert find_contacts(lines, replace(read_orders(lines), is_remote=True)) == ()


# refusals


def test_people_that_are_not_there(settings: Path) -> None:
    orders = read_orders(settings)
    (settings.parent / "people.csv").unlink()
    with pytest.raises(OrdersError, match="people: there is no file"):
        find_contacts(settings, orders)
