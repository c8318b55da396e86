from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from pptx import Presentation

from retention.export.deck import Deck
from retention.export.stamp import read_stamp


def shapes_of(frame: pd.DataFrame, folder: Path) -> dict[str, Any]:
    deck = Deck().add(frame, title="A", takeaway="B")
    slide = Presentation(deck.save(folder / "deck.pptx")).slides[0]
    return {m.part: s for s in slide.shapes if (m := read_stamp(s))}


def words(shape: Any) -> list[list[str]]:
    return [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]


# examples


def test_numbers_are_written_for_people(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "cohort": pd.to_datetime(["2024-01-01", "2024-02-01"]),
            "eligible": [1234, 5],
            "retention_rate": [0.1234, None],
            "amount": [1234567.0, 2.0],
            "is_complete": [True, False],
        }
    )
    frame.attrs = {
        "definition": "cohort_retention",
        "parameters": {"period": "month"},
        "as_of": "2024-03-01",
        "customers": 1239,
        "call": "cohort_retention(orders)",
        "currency": "VND",
    }
    shapes = shapes_of(frame, tmp_path)
    assert words(shapes["content"]) == [
        ["Cohort", "Eligible", "Retention rate", "Amount", "Is complete"],
        ["2024-01", "1,234", "12.3%", "1,234,567", "yes"],
        ["2024-02", "5", "–", "2", "no"],
    ]
    # A date at the end of a line has hyphens that do not break.
    small_print = shapes["footer"].text_frame.text.replace("\u2011", "-")
    assert "1,239 customers. As of 2024-03-01." in small_print
    stamp = read_stamp(shapes["content"])
    assert stamp is not None
    assert (stamp.key, stamp.as_of) == ("cohort_retention", "2024-03-01")


def test_the_first_twelve_rows_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    shapes = shapes_of(pd.DataFrame({"customer_id": [f"k{i}" for i in range(4310)]}), tmp_path)
    assert [row[0] for row in words(shapes["content"])[1:]] == [f"k{i}" for i in range(12)]
    assert shapes["caption"].text_frame.text == "First 12 of 4,310 rows"


def test_wide_tables_lose_columns_and_say_so(tmp_path: Path) -> None:
    frame = pd.DataFrame({f"a_long_column_name_{i}": ["some words here"] for i in range(40)})
    shapes = shapes_of(frame, tmp_path)
    shown = len(shapes["content"].table.columns)
    assert shapes["caption"].text_frame.text == f"First {shown} of 40 columns"
    assert shapes["content"].left + shapes["content"].width <= shapes["takeaway"].left


def test_long_cells_take_fewer_rows_and_stay_above_the_footer(tmp_path: Path) -> None:
    frame = pd.DataFrame({"action": ["một hai ba bốn " * 40] * 9, "lines": range(9)})
    frame.attrs = {"customers": 9}
    shapes = shapes_of(frame, tmp_path)
    table = shapes["content"].table
    assert len(table.rows) - 1 < 9
    assert shapes["content"].top + sum(r.height for r in table.rows) <= shapes["footer"].top


def test_an_index_that_means_something_becomes_a_column(tmp_path: Path) -> None:
    frame = pd.DataFrame({"orders": [3]}, index=pd.Index(["web"], name="channel"))
    assert words(shapes_of(frame, tmp_path)["content"]) == [["Channel", "Orders"], ["web", "3"]]


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    shapes = shapes_of(pd.DataFrame({"orders": pd.Series([], dtype="int64")}), tmp_path)
    assert words(shapes["content"]) == [["Orders"]]
    assert shapes["caption"].text_frame.text == "No rows"


def test_few_rows_have_larger_letters_than_many(tmp_path: Path) -> None:
    few, many = (pd.DataFrame({"age": range(rows)}) for rows in (2, 40))
    sizes = [
        shapes_of(frame, tmp_path)["content"]
        .table.cell(1, 0)
        .text_frame.paragraphs[0]
        .runs[0]
        .font.size
        for frame in (few, many)
    ]
    assert sizes[0].pt == 18 > sizes[1].pt >= 12
