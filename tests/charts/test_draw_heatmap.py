"""Heatmap cells read back from the axes."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from retention.charts.cell_ink import faded
from retention.charts.colours import BLANK_CELL, heat_colour
from retention.charts.contrast import ENOUGH, contrast
from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Role, Series

ROWS = (
    Series("2024-01", (1.0, 0.2, 0.1), customers=1200),
    Series("2024-02", (1.0, 0.05, None), customers=90, is_partial=(False, True, False)),
    Series("2024-03", (1.0, None, None), customers=8, is_small=(True, True, True)),
    Series("All", (1.0, 0.2, 0.1), "main", customers=1298),
)
PICTURE = Picture(
    "heatmap", "key", "Title", (0, 1, 2), ROWS, "percent", scale_max=0.2, uncoloured=(0,)
)


def _cells(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


# examples
def test_every_value_is_a_cell_and_the_future_is_blank() -> None:
    ax = draw_picture(PICTURE)
    assert len(_cells(ax)) == 9
    numbers = [t.get_text() for t in ax.texts if t.get_text().endswith("%")]
    assert numbers == ["100%", "20%", "10%", "100%", "5.0%", "100%", "100%", "20%", "10%"]


def test_one_scale_for_all_rows_and_none_for_age_0() -> None:
    cells = _cells(draw_picture(PICTURE))
    colours = [to_hex(cell.get_facecolor()).upper() for cell in cells[:5]]
    assert colours == [
        BLANK_CELL,
        heat_colour(1.0),
        heat_colour(0.5),
        BLANK_CELL,
        heat_colour(0.25),
    ]


def test_partial_cells_are_striped_and_small_ones_are_pale() -> None:
    cells = _cells(draw_picture(PICTURE))
    assert [i for i, cell in enumerate(cells) if cell.get_hatch()] == [4]
    assert [i for i, cell in enumerate(cells) if cell.get_alpha() is not None] == [5]


def test_row_names_have_their_customers_in_a_straight_column() -> None:
    names = [t.get_text() for t in draw_picture(PICTURE).get_yticklabels()]
    assert [name.split()[-1].strip() for name in names] == ["1,200", "90", "8", "1,298"]
    assert len({len(name) - len(row.name) for name, row in zip(names, ROWS, strict=True)}) == 1


def test_the_pooled_row_stands_apart() -> None:
    tops = sorted({cell.get_y() for cell in _cells(draw_picture(PICTURE))})
    assert tops[3] - tops[2] > tops[2] - tops[1]


def test_every_number_can_be_read_on_its_cell() -> None:
    shares = tuple(step / 12 for step in range(13))
    rows = (Series("many", shares), Series("few", shares, is_small=(True,) * 13))
    ax = draw_picture(Picture("heatmap", "k", "T", tuple(range(13)), rows, "percent", scale_max=1))
    numbers = [t for t in ax.texts if t.get_text().endswith("%")]
    for cell, number in zip(ax.patches, numbers, strict=True):
        face = to_hex(cell.get_facecolor())
        fill = faded(face) if cell.get_alpha() else face
        assert contrast(fill, number.get_color()) >= ENOUGH


def test_numbers_too_small_to_be_read_are_left_out() -> None:
    def sizes(columns: int, role: Role = "plain") -> list[float]:
        row = Series("2016-01", (0.1,) * columns, role, customers=50)
        ax = draw_picture(Picture("heatmap", "k", "T", tuple(range(columns)), (row,), "percent"))
        return [t.get_fontsize() for t in ax.texts if t.get_text().endswith("%")]

    assert len(sizes(24)) == 24
    assert min(sizes(24)) >= 5.5
    assert sizes(60) == []
    # Of all cohorts together, as many as have room.
    assert sizes(60, "main") == [5.5] * 30


# laws
def test_sixty_cohorts_make_a_taller_figure_in_which_all_can_be_read(assert_readable: Any) -> None:
    rows = tuple(
        Series(f"cohort {i}", tuple(0.1 if k <= 60 - i else None for k in range(60)), customers=i)
        for i in range(60)
    )
    ages = tuple(range(60))
    ax = draw_picture(Picture("heatmap", "key", "Title", ages, rows, "percent", footer="F " * 99))
    assert ax.figure.get_figheight() > 15
    assert_readable(ax)
