"""One word, one meaning: every column of every table is in the glossary, and nothing else is."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from retention.names import GLOSSARY, check_columns
from retention.orders.columns.mapping import SYNONYMS

ROOT = Path(__file__).parents[1] / "retention"
DTYPES = {"str", "int64", "Int64", "float64", "bool", "datetime64[us]"}
# Units that say nothing: a flag has none.
WITHOUT_UNIT = {"bool"}


def columns(tree: ast.Module) -> list[str]:
    """The names in a module's COLUMNS, and in those that end so."""
    found: list[str] = []
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if any(name == "COLUMNS" or name.endswith("_COLUMNS") for name in names):
            strings = [leaf for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)]
            found += [leaf.value for leaf in strings if isinstance(leaf.value, str)]
    return found


TABLES = {
    str(path.relative_to(ROOT)): found
    for path in sorted(ROOT.rglob("*.py"))
    if (found := columns(ast.parse(path.read_text(encoding="utf-8"))))
}

# Laws


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_in_the_glossary(name: str) -> None:
    assert sorted(set(TABLES[name]) - set(GLOSSARY)) == []


def test_there_are_tables() -> None:
    assert "tables/cohort_retention.py" in TABLES
    assert len(TABLES) > 9


@pytest.mark.parametrize("name", [name for name in TABLES if name.startswith("tables/")])
def test_no_column_twice(name: str) -> None:
    assert [column for column, count in Counter(TABLES[name]).items() if count > 1] == []


def test_every_word_is_used() -> None:
    used = {column for found in TABLES.values() for column in found} | set(SYNONYMS)
    # Columns of orders and people, and of fits, whose tables are made by classes.
    sources = " ".join(path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py"))
    unused = [name for name in GLOSSARY if name not in used and sources.count(f'"{name}"') < 2]
    assert unused == []


@pytest.mark.parametrize("name", GLOSSARY)
def test_entries_say_what_they_are(name: str) -> None:
    column = GLOSSARY[name]
    assert column.dtype in DTYPES
    assert column.unit or column.dtype in WITHOUT_UNIT
    assert column.meaning[0].isupper()
    assert column.meaning.endswith(".")
    assert name == "T" or name == name.lower()
    assert (column.dtype == "bool") == name.startswith(("is_", "has_"))


def test_shares_and_chances_are_named_so() -> None:
    for name, column in GLOSSARY.items():
        is_share = name.startswith("p_") or name.endswith("_rate")
        assert not is_share or column.unit == "0..1", name


# Refusals


def test_unknown_columns() -> None:
    with pytest.raises(KeyError, match=r"not in the glossary: \['churn_score'\]"):
        check_columns(("customer_id", "churn_score"))
