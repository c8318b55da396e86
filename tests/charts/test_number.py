"""How numbers are written."""

from __future__ import annotations

import pytest

from retention.charts.number import format_number
from retention.errors import ArgumentError


# examples
@pytest.mark.parametrize(
    ("value", "kind", "currency", "written"),
    [
        (0.1364, "percent", None, "13.6%"),
        (1234.4, "integer", None, "1,234"),
        (0.5, "decimal", None, "0.50"),
        (45_000, "money", "VND", "45,000"),
        (45_000.5, "money", "VND", "45,000"),
        (12.5, "money", "GBP", "12.50"),
        (12, "money", "GBP", "12"),
        (1_250_000, "money", "VND", "1.25 m"),
        (48_700_000, "money", "VND", "48.7 m"),
        (3_400_000_000, "money", "VND", "3.4 bn"),
        (-2_000_000, "money", "VND", "-2 m"),
        (2_500_000_000_000, "money", "VND", "2,500 bn"),
        (-0.0004, "percent", None, "0.0%"),
        (-0.0004, "points", None, "0 pts"),
        (-0.292, "points", None, "-29.2 pts"),
        (0.026, "points", None, "+2.6 pts"),
        (-0.4, "integer", None, "0"),
        (-0.004, "decimal", None, "0.00"),
        (-0.4, "money", "VND", "0"),
        (-0.004, "money", "GBP", "0.00"),
        (None, "money", "VND", ""),
        (float("nan"), "percent", None, ""),
    ],
)
def test_numbers(value: float | None, kind: str, currency: str | None, written: str) -> None:
    assert format_number(value, number_format=kind, currency=currency) == written


def test_an_axis_has_one_unit() -> None:
    ticks = [
        format_number(v, number_format="money", largest=2e6, currency="VND")
        for v in (0, 500_000, 2_000_000)
    ]
    assert ticks == ["0 m", "0.5 m", "2 m"]


# refusals
def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ArgumentError, match="number_format: 'roman' is not one of"):
        format_number(4, number_format="roman")
