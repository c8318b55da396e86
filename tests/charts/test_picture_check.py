"""A picture of nothing is refused alike where it is drawn and where it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure

from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Series
from retention.charts.picture_check import check_picture
from retention.errors import ArgumentError


def bars(*values: float | None, categories: tuple[str, ...] = ("a", "b")) -> Picture:
    series = (Series("n", values),) if values else ()
    return Picture("bar", "orders", "Orders", categories, series)


def drawn(picture: Picture) -> Any:
    return draw_picture(picture, ax=Figure().subplots())


# Examples


def test_some_values_are_enough() -> None:
    check_picture(bars(None, 1.0))


# Refusals


@pytest.mark.parametrize("use", [check_picture, drawn])
@pytest.mark.parametrize(
    ("picture", "match"),
    [
        (bars(), r"picture 'orders': no value in 0 series, so there is nothing to draw"),
        (bars(None, float("nan")), r"no value in 1 series, so there is nothing to draw"),
        (bars(1.0), r"1 of 1 series \('n'\) have not 2 values, one for each category"),
        (bars(1.0, 2.0, categories=()), r"1 of 1 series \('n'\) have not 0 values"),
    ],
)
def test_nothing_to_draw(use: Callable[[Picture], Any], picture: Picture, match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        use(picture)
