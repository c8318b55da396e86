"""Every sentence is translated, with the same fields, and none goes past `texts`."""

from __future__ import annotations

import ast
import string
from collections import Counter
from pathlib import Path

import pytest
from translations import PACKAGE, catalogues, read, sentences

from retention.charts.number import format_number
from retention.texts import definition, footer, language, languages, local_number, text

CATALOGUES = catalogues()
# What people read on a chart or a slide.
SHOWN = ("title", "x_label", "y_label", "row_label", "alt_text", "footer", "label")

# Examples


def test_vietnamese_is_there():
    assert {"en", "vi"} <= set(languages())
    with language("vi"):
        assert text("{customers} customers.", customers="12,345") == "12.345 khách hàng."
    assert text("{customers} customers.", customers="12,345") == "12,345 customers."


@pytest.mark.parametrize(
    ("value", "options", "wanted"),
    [
        (1234, {}, "1.234"),
        (0.136, {"number_format": "percent"}, "13,6%"),
        (-0.025, {"number_format": "points"}, "-2,5 điểm\u00a0%"),
        (1234.5, {"number_format": "decimal"}, "1.234,50"),
        (1_234_567, {"number_format": "money", "currency": "VND"}, "1,23 tr"),
        (2_500_000_000, {"number_format": "money", "currency": "VND"}, "2,5 tỷ"),
        (45_000, {"number_format": "money", "currency": "VND"}, "45.000"),
    ],
)
def test_numbers_in_vietnamese(value, options, wanted):
    with language("vi"):
        assert format_number(value, **options) == wanted


@pytest.mark.parametrize("written", ["2024-01-31", "1.2.3", "C0042", "12 of 40", "0010"])
def test_what_is_no_english_number_stays(written):
    with language("vi"):
        assert local_number(written) == written


def test_a_number_is_turned_once():
    with language("vi"):
        share = format_number(0.125, number_format="percent")
        assert text("{lines} ({share})", lines=format_number(1234), share=share) == "1.234 (12,5%)"


def test_a_footer_in_vietnamese():
    attrs = {"definition": "cohort_retention", "parameters": {"period": "month"}, "customers": 2000,
             "as_of": "2024-03-31"}  # fmt: skip
    with language("vi"):
        said = footer(attrs)
        assert "tháng" in said and "2.000" in said and "2024-03-31" in said
        assert "month" not in said and "customers" not in said
    assert "month" in definition(attrs)


# Laws


@pytest.mark.parametrize("code", CATALOGUES)
def test_every_sentence_is_translated(code):
    """`python tests/translations.py` adds what is new and takes out what is gone."""
    found, wanted = read(CATALOGUES[code]), sentences()
    assert sorted(wanted - set(found)) == []
    assert sorted(set(found) - wanted) == []
    assert sorted(each for each, translation in found.items() if not translation) == []


@pytest.mark.parametrize("code", CATALOGUES)
def test_translations_have_the_same_fields(code):
    wrong = [
        sentence
        for sentence, translation in read(CATALOGUES[code]).items()
        if fields(sentence) != fields(translation)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CATALOGUES)
def test_blanks_around_a_sentence_are_kept(code):
    for sentence, translation in read(CATALOGUES[code]).items():
        assert len(sentence) - len(sentence.lstrip()) == len(translation) - len(
            translation.lstrip()
        )
        assert sentence.endswith(" ") == translation.endswith(" ")


def fields(sentence: str) -> Counter[tuple[str, str, str]]:
    parts = string.Formatter().parse(sentence)
    return Counter(
        (name, spec or "", turn or "") for _, name, spec, turn in parts if name is not None
    )


@pytest.mark.parametrize("layer", ["charts", "export"])
def test_no_words_go_past_texts(layer):
    past = [
        f"{path.relative_to(PACKAGE)}:{node.value.lineno}"
        for path in sorted((PACKAGE / layer).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword) and node.arg in SHOWN and is_words(node.value)
    ]
    assert past == []


def is_words(value: ast.expr) -> bool:
    """Whether it is a literal with letters in it, or put together of some."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and any(letter.isalpha() for letter in part.value)
        for part in parts
    )


def test_the_check_of_words_would_see_one(tmp_path: Path):
    tree = ast.parse('Picture(title=f"Rate of {name}", x_label=text("Days"), footer="")')
    keywords = [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]
    assert [each.arg for each in keywords if is_words(each.value)] == ["title"]
