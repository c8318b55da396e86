"""What people read: every sentence can be rendered, in the language of the context."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest

from retention import texts
from retention.texts import (
    DEFINITIONS,
    MEANINGS,
    definition,
    footer,
    language,
    languages,
    local_number,
    text,
)

TABLES = Path(__file__).parents[1] / "retention"
ATTRS: dict[str, Any] = {
    "definition": "cohort_retention",
    "parameters": {"period": "month"},
    "as_of": "2024-03-31",
    "customers": 12345,
}

# Examples


def test_fields_are_filled_in() -> None:
    assert text("{customers} customers.", customers=3) == "3 customers."
    assert text("100 {sic}") == "100 {sic}"


def test_footer_of_a_table() -> None:
    found = footer(ATTRS)
    assert found.startswith("Share of the customers first seen in a month who bought again")
    assert found.endswith("12,345 customers. As of 2024-03-31.")


def test_nothing_known_is_nothing_said() -> None:
    assert footer({}) == ""
    assert definition({"definition": "unknown"}) == ""


def test_language_of_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(texts._CATALOGUES, "xx", {"{n} customers": "{n} khách"})
    with language("xx"):
        assert text("{n} customers", n=2) == "2 khách"
        assert text("not translated") == "not translated"
    assert text("{n} customers", n=2) == "2 customers"
    assert "en" in languages()


@pytest.mark.parametrize(
    ("number", "here"),
    [
        ("2.0794", "2,0794"), ("0.7216", "0,7216"), ("17.97", "17,97"), ("2.079", "2,079"),
        ("1,234,567.5", "1.234.567,5"), ("1.2e-05", "1,2e-05"), ("2024-01-31", "2024-01-31"),
    ],
)  # fmt: skip
def test_numbers_of_any_decimals_have_the_signs_of_the_language(number: str, here: str) -> None:
    with language("vi"):
        assert local_number(number) == here


def test_what_is_in_the_signs_of_the_language_stays_so_in_a_sentence() -> None:
    with language("vi"):
        thousands = local_number("2,079")
        assert text("{customers} customers.", customers=thousands) == "2.079 khách hàng."
        assert text("{customers} customers.", customers=2.079) == "2,079 khách hàng."
        assert text("{customers} customers.", customers="0.012") == "0,012 khách hàng."


# Laws


@pytest.mark.parametrize("key", DEFINITIONS)
def test_definitions_are_sentences_with_named_fields(key: str) -> None:
    sentence = DEFINITIONS[key]
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    parts = [part for part in string.Formatter().parse(sentence) if part[1] is not None]
    # What is written as a number is one.
    fields = {name: 0.25 if code else "x" for _, name, code, _ in parts}
    rendered = definition({"definition": key, "parameters": fields})
    assert "{" not in rendered


@pytest.mark.parametrize("key", MEANINGS)
def test_meanings_are_sentences_with_named_fields(key: str) -> None:
    words = {"period": "month", "days": 30, "max_age": 6, "annual_discount_rate": 0.1, "model": "x"}
    words |= {"loyal_orders": 3, "returning_to": "anything"}
    rendered = definition({"definition": "cohort_retention", "meaning": key, "words": words})
    assert rendered.endswith(".")
    assert "{" not in rendered
    said = ("month", "30 days", "without an end", "rate: ", "the given days")
    assert any(part in rendered for part in said)


def test_what_is_made_of_a_table_says_first_what_that_was() -> None:
    attrs = ATTRS | {"meaning": "on calendar", "definition": "pooled_retention", "is_derived": True}
    found = footer(attrs | {"notes": [["A peak: {month}.", {"month": "2024-01"}]]})
    assert found.index("Share of the customers") < found.index("never a mean of rates")
    assert found.endswith("A peak: 2024-01.")


@pytest.mark.parametrize("key", DEFINITIONS)
def test_every_definition_belongs_to_a_table(key: str) -> None:
    assert any((TABLES / layer / f"{key}.py").exists() for layer in ("tables", "models", "actions"))


# Refusals


def test_unknown_language() -> None:
    with pytest.raises(KeyError, match="tlh"), language("tlh"):
        pass
