"""A deck that somebody edited is never lost, whatever is written to its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor

from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError, ExportError
from retention.export.deck import Deck
from retention.export.standard_deck import standard_deck
from retention.export.write_deck import write_deck
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.simulate import simulate_orders

PINK = RGBColor(0xC2, 0x18, 0x5B)


def deck(rate: float = 0.4) -> Deck:
    series = (Series("all", (rate, 0.3), role="main"),)
    return Deck().add(Picture("bar", "lifecycle_rates", "Rates", ("a", "b"), series), title="May")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def titles(path: Path) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in Presentation(path).slides]


def chart(path: Path, place: int = 0) -> Any:
    """The chart of a slide, and the presentation that it is in."""
    presentation = Presentation(path)
    return presentation, next(s.chart for s in presentation.slides[place].shapes if s.has_chart)


# examples


def test_new_then_updated(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    assert write_deck(deck(), path)["action"].tolist() == ["added"]
    presentation = Presentation(path)
    presentation.slides[0].shapes.title.text_frame.text = "Mine"
    presentation.save(path)
    slides = write_deck(deck(0.5), path)
    assert slides["action"].tolist() == ["updated"]
    assert titles(path) == ["Mine"]
    assert "title" in slides["remark"][0]
    assert chart(path)[1].plots[0].series[0].values == (0.5, 0.3)
    assert names(tmp_path) == ["deck.pptx"]


@pytest.mark.parametrize("kind", ["garbage", "of somebody else"])
def test_what_cannot_be_updated_is_kept_beside(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    if kind == "garbage":
        path.write_text("last month's")
    else:
        Presentation().save(path)
    before = path.read_bytes()
    slides = write_deck(deck(), path)
    assert titles(path) == ["May"]
    kept = slides.iloc[-1]
    assert (kept["action"], slides["slide"].isna().tolist()) == ("set aside", [False, True])
    assert kept["title"].startswith("deck_kept_20")
    assert (tmp_path / kept["title"]).read_bytes() == before
    assert len(kept["remark"]) > 20
    # The same once more is the same file, not a second copy.
    path.write_bytes(before)
    write_deck(deck(), path)
    assert names(tmp_path) == sorted(["deck.pptx", kept["title"]])


# two months of one shop


@pytest.fixture(scope="module")
def shop() -> Orders:
    lines = simulate_orders(customers=400, days=500, random_state=3)
    return read_orders(lines, currency="EUR")


@pytest.mark.slow
def test_edits_by_hand_survive_a_month_of_the_same_shop(shop: Orders, tmp_path: Path) -> None:
    path = tmp_path / "shop.pptx"
    then = shop.at(shop.as_of - pd.Timedelta(days=31))
    first = standard_deck(then)
    assert first.left_out == {}
    write_deck(first.deck, path)
    presentation, found = chart(path, 1)
    before = found.plots[0].series[0].values
    found.plots[0].series[0].format.line.color.rgb = PINK
    own = presentation.slides.add_slide(presentation.slides[2].slide_layout)
    own.shapes.title.text_frame.text = "Our own plans"
    presentation.slides[2].shapes.title.text_frame.text = "Cohorts, in our words"
    order = presentation.slides._sldIdLst
    order.insert(2, order[-1])  # Their slide stands third now.
    presentation.save(path)

    slides = write_deck(standard_deck(shop).deck, path)
    after = titles(path)
    assert after[2:4] == ["Our own plans", "Cohorts, in our words"]
    found = chart(path, 1)[1]
    assert found.plots[0].series[0].format.line.color.rgb == PINK
    assert found.plots[0].series[0].values != before
    assert slides["action"].tolist()[2] == "not ours"
    assert set(slides["action"]) <= {"updated", "not ours", "added"}
    assert slides.loc[slides["remark"] != "", "slide"].tolist() == [4]


@pytest.mark.slow
def test_a_deck_of_too_little_says_what_is_left_out(tmp_path: Path) -> None:
    lines = simulate_orders(customers=8, days=40, random_state=1)
    made = standard_deck(read_orders(lines), language="vi", footer="ACME")
    assert "customer_value" in made.left_out
    assert all(made.left_out.values())
    write_deck(made.deck, tmp_path / "small.pptx")
    assert titles(tmp_path / "small.pptx")[0] == "Khách hàng: ai quay lại mua, và giá trị của họ"


@pytest.mark.slow
def test_without_a_whole_month_it_says_that_no_cohort_is_complete() -> None:
    days = pd.to_datetime(["2024-01-05", "2024-01-09", "2024-01-12"])
    lines = pd.DataFrame({"customer_id": ["a", "b", "a"], "ordered_at": days, "amount": 1.0})
    left_out = standard_deck(read_orders(lines)).left_out
    for name in ("cohort_heatmap", "retention_curves", "cumulative_value"):
        assert left_out[name].startswith("No month is over from its first day to its last")


# refusals


def test_refusals_leave_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "deck.odp").write_text("mine")
    with pytest.raises(ArgumentError, match=r"is no deck. Give a name that ends in .pptx"):
        write_deck(deck(), tmp_path / "deck.odp")
    (tmp_path / "deck.pptx").write_text("mine")
    with pytest.raises(ArgumentError, match="0 contents to save"):
        write_deck(Deck(), tmp_path / "deck.pptx")
    with pytest.raises(ExportError, match="there is no such folder"):
        write_deck(deck(), tmp_path / "none" / "deck.pptx")
    assert (tmp_path / "deck.odp").read_text() == (tmp_path / "deck.pptx").read_text() == "mine"
