"""Whatever a column of the source is called: a table groups by it rightly, or says that it cannot."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

import retention
from retention.errors import ArgumentError
from retention.names import GLOSSARY
from retention.orders.columns.attributes import is_taken
from retention.orders.orders import Orders
from retention.tables.taken_names import ON_THE_WAY, refuse_taken

ROOT = Path(retention.__file__).parent
# Where columns get their names.
NAMING = {"mutate", "aggregate", "agg", "assign", "rename", "select"}
PLAIN = "shade"
DAYS = pd.Timestamp("2023-01-05") + pd.to_timedelta([n * n % 331 for n in range(60)], unit="D")
FRAME = pd.DataFrame(
    {
        "customer_id": [f"c{n * 7 % 12}" for n in range(60)],
        "order_id": [f"o{n}" for n in range(60)],
        "ordered_at": DAYS,
        "amount": [5.0 + n * 3 % 11 for n in range(60)],
    }
)
VALUES = [("dark", "light", "dark")[n % 3] for n in range(60)]
PEOPLE = pd.DataFrame(
    {"customer_id": [f"c{n}" for n in range(15)], "first_seen_at": pd.Timestamp("2023-01-01")}
)
TABLES: dict[str, dict[str, object]] = {
    "cohort_retention": {}, "cohort_value": {}, "customer_summary": {}, "repurchase_intervals": {},
    "repurchase_curve": {"min_at_risk": 1}, "repurchase_ladder": {}, "repurchase_hazard": {},
    "choose_lapse": {}, "growth_accounting": {}, "lifecycle_stages": {},
    "lifecycle_rates": {"people": PEOPLE, "period": "quarter"},
}  # fmt: skip


def own_names() -> Iterator[str]:
    """Columns of results, and those that the engine makes on the way to them."""
    yield from GLOSSARY
    for layer in ("engine", "tables"):
        for path in sorted((ROOT / layer).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in NAMING:
                    yield from (word.arg for word in node.keywords if word.arg)


NAMES = sorted({name for name in own_names() if not is_taken(name)})
GROUPS = [NAMES[start : start + 40] for start in range(0, len(NAMES), 40)]


@pytest.fixture(scope="module")
def shops() -> list[Orders]:
    """The same orders, each time with further columns of other names."""
    frames = [FRAME.assign(**dict.fromkeys([PLAIN, *names], VALUES)) for names in GROUPS]
    no_refunds = {"refunded": None}
    return [
        retention.read_orders(frame, attributes=[PLAIN, *names], columns=no_refunds)
        for frame, names in zip(frames, GROUPS, strict=True)
    ]


# Laws


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_a_name_changes_nothing_or_is_refused(name: str, shops: list[Orders]) -> None:
    table: Callable[..., pd.DataFrame] = getattr(retention, name)
    plain = table(shops[0], by=PLAIN, **TABLES[name])
    for orders, names in zip(shops, GROUPS, strict=True):
        # first_seen_at is a column of people with other values.
        kept = [one for one in names if one != "first_seen_at" and _is_grouped(table, one)]
        found = table(orders, by=kept, **TABLES[name])
        assert [one for one in found.columns if one in kept] == kept
        for one in kept:
            single = found.drop(columns=[other for other in kept if other != one])
            pd.testing.assert_frame_equal(single.rename(columns={one: PLAIN}), plain)


def _is_grouped(table: Callable[..., pd.DataFrame], name: str) -> bool:
    """Whether the table takes the name; it refuses before it looks at the orders."""
    with pytest.raises(ArgumentError) as refused:
        table(None, by=name)
    return "is no table" in str(refused.value)


# Refusals


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_the_result_are_refused(name: str) -> None:
    table = getattr(retention, name)
    module = __import__(f"retention.tables.{name}", fromlist=["COLUMNS"])
    for column in module.COLUMNS:
        with pytest.raises(ArgumentError, match=rf"1 of 1 names mean .*\('{column}'\)\. Rename"):
            table(FRAME.assign(**{column: "x"}), by=column)


def test_capital_letters_do_not_make_another_name() -> None:
    with pytest.raises(ArgumentError, match=r"^by: 2 of 3 names .* \('Retained', 'DAY'\)\. Rename"):
        refuse_taken(["channel", "Retained", "DAY"], ["retained"])


def test_names_on_the_way_are_made_somewhere() -> None:
    """A name that nothing is called any more need not be refused."""
    written = {
        word
        for layer in ("engine", "tables")
        for path in (ROOT / layer).glob("*.py")
        if path.name != "taken_names.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for word in (
            [node.value] if isinstance(node, ast.Constant)
            else [node.arg] if isinstance(node, ast.keyword) else []
        )
    }  # fmt: skip
    assert set(ON_THE_WAY) - written == set()
