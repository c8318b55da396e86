from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.figure import Figure

from retention.charts.picture import Picture, Series
from retention.export.finding import finding
from retention.export.time_labels import are_periods


def picture(
    kind: str, categories: tuple[str | float, ...], *series: Series, **more: str
) -> Picture:
    return Picture(kind, "rfm", "Rate: by group", categories, series, "percent", **more)  # type: ignore[arg-type]


def limits(name: str, *values: float, by: float, role: str = "main") -> Series:
    low, high = tuple(v - by for v in values), tuple(v + by for v in values)
    return Series(name, values, role, low, high)  # type: ignore[arg-type]


# examples


def test_the_largest_bar_is_named_with_how_sure_it_is() -> None:
    names = ("Web", "Store", "App")
    sure = picture("bar", names, limits("s", 0.2, 0.4, 0.1, by=0.02))
    assert finding(sure) == (
        "Rate: Store leads with 40.0% (95%: 38.0% to 42.0%), ahead of Web with 20.0%"
    )
    unsure = picture("bar", names, limits("s", 0.38, 0.4, 0.1, by=0.02))
    assert finding(unsure).endswith("but Web with 38.0% may be level")
    level = picture("bar", names[:2], Series("s", (0.4, 0.4)))
    assert finding(level) == "Rate: Web and Store lead with 40.0% each"


def test_a_question_is_followed_by_its_answer() -> None:
    asked = Picture("bar", "rfm", "Who returns?", ("a", "b"), (Series("s", (40.0, 20.0)),))
    assert finding(asked) == "Who returns? a leads with 40, ahead of b with 20"


def test_periods_say_what_changed() -> None:
    years = ("2022", "2023", "2024")
    assert finding(picture("bar", years, limits("s", 0.9, 0.2, 0.4, by=0.02))) == (
        "Rate: up to 40.0% (95%: 38.0% to 42.0%) in 2024, from 20.0% in 2023"
    )
    assert finding(picture("bar", years, limits("s", 0.9, 0.41, 0.4, by=0.02))).endswith(
        "after 41.0% in 2023: the intervals leave a change open"
    )


def test_a_period_that_is_not_over_is_no_fall() -> None:
    layers = [
        Series(name, (30.0, 40.0, 2.0), is_partial=(False, False, True))
        for name in ("2022", "2023")
    ]
    cake = Picture("stacked_bar", "k", "Net", ("2024-01", "2024-02", "2024-03"), tuple(layers))
    assert finding(cake) == "Net: up to 80 in 2024-02, from 60 in 2024-01"


def test_a_line_is_read_at_a_round_place_not_at_its_thin_end() -> None:
    values = tuple(0.4 - 0.01 * age for age in range(36))
    line = picture("line", tuple(range(36)), Series("All", values, "main"), x_label="Months; more")
    assert finding(line) == "Rate: from 40.0% at 0 to 28.0% at 12 months"


def test_lines_beside_each_other_are_compared_where_both_are_known() -> None:
    web, store = Series("Web", (0.5, 0.4, None)), Series("Store", (0.4, 0.3, 0.2))
    assert finding(picture("line", (0, 1, 2), web, store, x_label="Months")) == (
        "Rate: at 1 months, Web leads with 40.0%, ahead of Store with 30.0%"
    )
    falling = [Series(name, tuple(0.4 - 0.01 * age for age in range(20))) for name in "ab"]
    assert "at 12 months, a and b lead with 28.0% each" in finding(
        picture("line", tuple(range(20)), *falling, x_label="Months")
    )


def test_a_difference_that_may_be_none_is_called_so() -> None:
    gaps = Series("gap", (0.1, 0.02), low=(-0.1, -0.1), high=(0.3, 0.1))
    open_ = Picture("bar", "k", "Gap", ("30", "90"), (gaps,), "points")
    assert finding(open_) == "Gap: no difference is sure"
    sure = Picture("bar", "k", "Gap", ("30", "90"), (limits("gap", -0.2, 0.1, by=0.05),), "points")
    assert finding(sure) == "Gap: 30 differs by -20.0 pts (95%: -25.0 pts to -15.0 pts)"


def test_a_heatmap_follows_its_total_or_names_its_largest_cell() -> None:
    rows = (Series("2024-01", (1.0, 0.5, 0.1)), Series("All", (1.0, 0.4, 0.2), "main"))
    total = picture("heatmap", (0, 1, 2), *rows, x_label="Months")
    assert finding(total) == "Rate: from 100.0% at 0 to 20.0% at 2 months"
    rows = (Series("Đã ngừng mua", (0.1, 0.5)), Series("4 or more", (0.3, 0.2)))
    assert finding(picture("heatmap", ("4", "5"), *rows)) == (
        "Rate: Đã ngừng mua → 5 leads with 50.0%, ahead of 4 or more → 4 with 30.0%"
    )


def test_a_line_over_bars_is_not_added_to_them() -> None:
    parts = (Series("New", (5.0, 7.0)), Series("Churned", (-3.0, -9.0)))
    net = Series("Net", (2.0, -2.0), "muted", is_line=True)
    growth = Picture("stacked_bar", "k", "Growth", ("2024-01", "2024-02"), (*parts, net))
    assert finding(growth) == "Growth: down to -2 in 2024-02, from 2 in 2024-01 (Net)"


def test_limits_are_called_by_their_level() -> None:
    sums = Series("Expected", (10.0, 20.0), "main", (8.0, 15.0), (12.0, 26.0))
    fan = Picture("line", "k", "Orders", ("2024-01", "2024-02"), (sums,), interval_percent=90,
                  x_label="Month")  # fmt: skip
    assert finding(fan) == "Orders: from 10 at 2024-01 to 20 (90%: 15 to 26) at 2024-02"


def test_a_picture_that_knows_its_finding_is_believed() -> None:
    bars = Series("s", (0.2, 0.4))
    assert finding(picture("bar", ("1", "2"), bars, finding="1 of 2 is off")) == "1 of 2 is off"


def test_a_table_names_the_row_with_the_largest_rate() -> None:
    rates = pd.DataFrame({"name": ["repeat_rate", "loyalty_rate"], "lifecycle_rate": [0.3, 0.5]})
    rates.attrs = {"definition": "lifecycle_rates"}
    assert finding(rates) == "Lifecycle rates: loyalty rate leads with 50.0%"
    assert finding(pd.DataFrame({"a": [1]})) == ""


def test_an_image_has_its_own_title() -> None:
    assert finding(Figure().add_subplot(title="Orders")) == "Orders"


@pytest.mark.parametrize(
    "names", [("2024", "2025"), ("2024-Q1", "2024-Q2"), ("2024-W01", "2024-W02")]
)
def test_periods_are_told_from_other_names(names: tuple[str, ...]) -> None:
    assert are_periods(names)
    assert not are_periods(names[::-1])
    assert not are_periods((*names, "All"))


# laws


@pytest.mark.parametrize("kind", ["bar", "line", "stacked_bar", "waterfall", "heatmap"])
@pytest.mark.parametrize("values", [(None, None), (0.0, None), (None, 0.2), (0.0, 0.0)])
def test_little_or_nothing_known_is_no_error(kind: str, values: tuple[float | None, ...]) -> None:
    for names in (("a", "b"), ("2023", "2024"), (0, 1)):
        assert finding(picture(kind, names, Series("s", values), Series("t", values))).startswith(
            "Rate"
        )
