"""What holds for every table, whatever the orders."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal
from strategies import refunded_frames, shop_frame

from retention.errors import ArgumentError
from retention.names import GLOSSARY
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.tables import (
    choose_lapse,
    cohort_retention,
    cohort_value,
    customer_summary,
    lifecycle_rates,
    lifecycle_stages,
    next_product,
    pooled_retention,
    repurchase_curve,
    repurchase_hazard,
    repurchase_intervals,
    repurchase_ladder,
    repurchase_times,
    seasonality,
    year_on_year,
)
from retention.texts import footer

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

Given = Orders | pd.DataFrame


def lapse(orders: Given, **options: Any) -> pd.DataFrame:
    """Where nobody has come back, nothing can be chosen."""
    try:
        return choose_lapse.choose_lapse(orders, return_window=30, **options)
    except ArgumentError:
        return pd.DataFrame({name: [] for name in choose_lapse.COLUMNS}).astype(
            {name: GLOSSARY[name].dtype for name in choose_lapse.COLUMNS}
        )


def stages(orders: Given, **options: Any) -> pd.DataFrame:
    return lifecycle_stages.lifecycle_stages(
        orders, at_risk_after_days=30, lapsed_after_days=90, **options
    )


def by_then(orders: Given, **options: Any) -> pd.DataFrame:
    return cohort_retention.cohort_retention(
        orders, definition="on_or_before", alignment="relative", **options
    )


def brackets(orders: Given, **options: Any) -> pd.DataFrame:
    return cohort_retention.cohort_retention(orders, definition="brackets", **options)


def windows(orders: Given, **options: Any) -> pd.DataFrame:
    return cohort_value.cohort_value(orders, alignment="relative", period="week", **options)


def next_channel(orders: Given, **options: Any) -> pd.DataFrame:
    return next_product.next_product(orders, item="channel", within_days=30, **options)


TABLES: dict[str, tuple[Callable[..., pd.DataFrame], list[str], tuple[str, ...]]] = {
    "summary": (customer_summary.customer_summary, ["channel"], customer_summary.COLUMNS),
    "retention": (cohort_retention.cohort_retention, ["channel"], cohort_retention.COLUMNS),
    "by then": (by_then, ["channel"], cohort_retention.COLUMNS),
    "brackets": (
        brackets,
        ["channel"],
        (*cohort_retention.COLUMNS, *cohort_retention.BRACKET_COLUMNS),
    ),
    "windows": (windows, ["channel"], cohort_value.COLUMNS),
    "seasons": (seasonality.seasonality, [], seasonality.COLUMNS),
    "value": (cohort_value.cohort_value, ["channel"], cohort_value.COLUMNS),
    "intervals": (
        repurchase_intervals.repurchase_intervals,
        ["channel"],
        repurchase_intervals.COLUMNS,
    ),
    "curve": (repurchase_curve.repurchase_curve, ["channel"], repurchase_curve.COLUMNS),
    "hazard": (repurchase_hazard.repurchase_hazard, ["channel"], repurchase_hazard.COLUMNS),
    "ladder": (repurchase_ladder.repurchase_ladder, ["channel"], repurchase_ladder.COLUMNS),
    "times": (repurchase_times.repurchase_times, [], repurchase_times.COLUMNS),
    "next": (next_channel, [], next_product.COLUMNS),
    "lapse": (lapse, [], choose_lapse.COLUMNS),
    "stages": (stages, [], lifecycle_stages.COLUMNS),
    "rates": (lifecycle_rates.lifecycle_rates, [], lifecycle_rates.COLUMNS),
}


def every(orders: Given, **options: Any) -> dict[str, pd.DataFrame]:
    """All tables of some orders, by channel where that can be."""
    tables = {
        name: table(orders, **options | ({"by": by} if by else {}))
        for name, (table, by, _) in TABLES.items()
    }
    cells = tables["retention"]
    return tables | {
        "pooled": pooled_retention.pooled_retention(cells),
        "pooled brackets": pooled_retention.pooled_retention(tables["brackets"]),
        "years": year_on_year.year_on_year(cells),
    }


def assert_same(found: dict[str, pd.DataFrame], expected: dict[str, pd.DataFrame]) -> None:
    for name, table in expected.items():
        assert_frame_equal(found[name], table, obj=name)


Tables = dict[str, pd.DataFrame]


def row_order_does_not_matter(frame: pd.DataFrame, tables: Tables) -> None:
    assert_same(every(read_orders(frame.sample(frac=1, random_state=1))), tables)


def renaming_customers_only_renames(frame: pd.DataFrame, tables: Tables) -> None:
    old = sorted(frame["customer_id"].unique())
    names = dict(zip(old, [*"Zoë", "10", "9", "an", *map(str, range(100, 600))], strict=False))
    renamed = every(read_orders(frame.assign(customer_id=frame["customer_id"].map(names))))
    expected = {name: _renamed(table, names) for name, table in tables.items()}
    assert_same(renamed, expected)


def _renamed(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    if "customer_id" not in table:
        return table
    renamed = table.assign(customer_id=table["customer_id"].map(names))
    return renamed.sort_values("customer_id", ignore_index=True)


def what_happens_after_as_of_changes_nothing(frame: pd.DataFrame, tables: Tables) -> None:
    day = frame["ordered_at"].max().normalize()
    later = frame.assign(ordered_at=day + pd.Timedelta(days=3))
    later["order_id"] = ["new" + order for order in later["order_id"]]
    refunds = frame[frame["amount"] > 0]
    refunds = refunds.assign(amount=-refunds["amount"], ordered_at=day + pd.Timedelta(days=2))
    longer = read_orders(pd.concat([frame, later, refunds], ignore_index=True))
    assert longer.as_of == day + pd.Timedelta(days=3)
    assert_same(every(longer, as_of=day), tables)


def doubling_amounts_doubles_money_and_nothing_else(frame: pd.DataFrame, tables: Tables) -> None:
    doubled = every(read_orders(frame.assign(amount=frame["amount"] * 2)))
    expected = {name: table.assign(**_doubled(table)) for name, table in tables.items()}
    assert_same(doubled, expected)


def _doubled(table: pd.DataFrame) -> dict[str, pd.Series]:
    known = [name for name in table.columns if name in GLOSSARY]
    return {name: table[name] * 2 for name in known if GLOSSARY[name].unit == "currency"}


def shape_dtypes_and_captions(frame: pd.DataFrame, tables: Tables) -> None:
    for name, (_, by, columns) in TABLES.items():
        table = tables[name]
        assert tuple(table.columns) == (*by, *columns)
        # Whole numbers are nullable where prospects have none.
        dtypes = {column: str(table[column].dtype).replace("Int", "int") for column in columns}
        expected = {column: GLOSSARY[column].dtype.replace("Int", "int") for column in columns}
        assert dtypes == expected
        assert table.index.equals(pd.RangeIndex(len(table)))
        if table.attrs:
            assert json.loads(json.dumps(table.attrs)) == table.attrs
            assert f"As of {frame['ordered_at'].max():%Y-%m-%d}." in footer(table.attrs)


ESTIMATES = {
    "retention": "retention_rate",
    "by then": "retention_rate",
    "brackets": "retention_rate",
    "pooled brackets": "retention_rate",
    "pooled": "retention_rate",
    "curve": "p_returned",
    "hazard": "p_returned",
    "ladder": "repurchase_rate",
    "lapse": "returned_rate",
    "rates": "lifecycle_rate",
}


def rates_lie_between_their_limits(frame: pd.DataFrame, tables: Tables) -> None:
    for name, estimate in ESTIMATES.items():
        known = tables[name].dropna(subset=[estimate])
        limits = known[["low", estimate, "high"]]
        assert ((limits >= 0) & (limits <= 1)).all(axis=None)
        assert (limits.diff(axis=1).iloc[:, 1:] >= -1e-12).all(axis=None)


def everybody_is_counted_once(frame: pd.DataFrame, tables: Tables) -> None:
    customers = read_orders(frame).counts["customers"]
    assert len(tables["summary"]) == len(tables["stages"]) == customers
    first_age = tables["retention"].query("age == 0")
    assert first_age["cohort_size"].sum() == customers
    assert (first_age["retention_rate"] == 1).all()
    first_gaps = tables["intervals"].query("order_number == 1")
    assert first_gaps["customers"].sum() == customers
    assert tables["intervals"].query("is_censored")["customers"].sum() == customers
    rates = tables["rates"].set_index(["name", "basis"])["denominator"]
    assert rates["repeat_rate", "as_written"] == customers


LAWS = {
    law.__name__: law
    for law in (
        row_order_does_not_matter,
        renaming_customers_only_renames,
        what_happens_after_as_of_changes_nothing,
        doubling_amounts_doubles_money_and_nothing_else,
        shape_dtypes_and_captions,
        rates_lie_between_their_limits,
        everybody_is_counted_once,
    )
}

# Laws


@pytest.fixture(scope="module")
def shop() -> tuple[pd.DataFrame, Tables]:
    frame = shop_frame()
    return frame, every(read_orders(frame))


@pytest.mark.parametrize("law", LAWS)
def test_of_a_shop(law: str, shop: tuple[pd.DataFrame, Tables]) -> None:
    LAWS[law](*shop)


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS)
@given(frame=refunded_frames())
def test_of_any_orders(law: str, frame: pd.DataFrame) -> None:
    LAWS[law](frame, every(read_orders(frame)))
