"""What is advised fits the cells that could not be read."""

from __future__ import annotations

import pytest

from retention.orders.numbers.advice import number_advice


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        (["", None, " ", "-"], "fill them in at the source (they are empty)"),
        (["12,50", "1.250,5"], 'pass decimal="," if the comma is the decimal sign'),
        (["12.50"], 'pass decimal="." if the point is the decimal sign'),
        (
            ["1.250", ""],
            'pass decimal="," if the comma is the decimal sign, or decimal="." if the point is '
            "the decimal sign",
        ),
        (["1,2345,6789"], "write them with one decimal sign and thousands in groups of three"),
        (["15%", "５％"], "name the column that holds the numbers (a percentage is none), with"),
        (["$5", "12"], "convert the cells in another currency, or write all of them alike"),
        (["ten", "free"], "write them as figures, or name another column with columns={...}"),
        (["5 kg", "ten"], 'write them alike, such as "1250.50", or name another column'),
        (["1tr25"], 'write them alike, such as "1250.50"'),
    ],
)
def test_advice(cells: list[str | None], advice: str) -> None:
    assert number_advice(cells).startswith(advice)
