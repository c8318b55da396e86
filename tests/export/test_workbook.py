from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.charts.picture import Kind, Picture, Series
from retention.errors import ArgumentError, ExportError
from retention.export import workbook
from retention.export.sheet import sheet_names
from retention.export.workbook import write_workbook


def cells() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "cohort": pd.to_datetime(["2024-01-01", "2024-02-01"]),
            "retention_rate": [0.25, float("nan")],
            "p_alive": [0.5, 1.0],
            "product": ["=HYPERLINK(1)", "Áo\x00"],
            "orders": pd.array([3, None], dtype="Int64"),
            "is_complete": [True, False],
        }
    )
    frame.attrs = {
        "definition": "cohort_retention",
        "parameters": {"period": "month"},
        "as_of": "2024-03-01",
        "customers": 20,
        "call": "cohort_retention(orders)",
    }
    return frame


# examples


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    path = write_workbook({"cohorts": cells()}, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(path)["cohorts"]
    assert list(sheet.iter_rows(values_only=True)) == [
        tuple(cells().columns),
        (datetime(2024, 1, 1), 0.25, 0.5, "'=HYPERLINK(1)", 3, True),
        (datetime(2024, 2, 1), None, 1, "Áo", None, False),
    ]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats == ["yyyy-mm-dd", "0.0%", "0.0%", "General", "#,##0", "General"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet["D2"].data_type == "s"


def test_each_row_is_in_the_unit_of_its_figure(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"name": ["orders", "repeat_rate_180", "amount"], "estimate": [1200.0, 0.25, 3500.5]}
    )
    path = write_workbook({"headlines": frame}, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(path)["headlines"]
    assert [sheet.cell(row, 2).number_format for row in (2, 3, 4)] == ["#,##0", "0.0%", "#,##0.00"]


def test_contents_come_first_and_say_what_each_table_means(tmp_path: Path) -> None:
    path = write_workbook({"a/b": cells(), "A-B": cells()}, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["contents", "a-b", "A-B (2)"]
    header, first, second = book["contents"].iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert (row["sheet"], row["table"], second[0]) == ("a-b", "a/b", "A-B (2)")
    assert row["definition"].startswith("Share of the customers first seen in a month")
    assert (row["as of"], row["customers"], row["rows"]) == ("2024-03-01", 20, 2)


def test_odd_values_do_not_damage_the_file(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "@x": [10**18, 1],
            "value": [float("inf"), -1.5],
            "when": pd.to_datetime(["2024-01-01 10:30", None]).tz_localize("Asia/Ho_Chi_Minh"),
            "list": [[1], ("a",)],
        },
        index=["-i", "j"],
    )
    path = write_workbook({"=odd": frame}, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(path)["odd"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("index", "'@x", "value", "when", "list")
    assert rows[1] == ("'-i", str(10**18), "inf", datetime(2024, 1, 1, 10, 30), "[1]")
    assert rows[2][:4] == ("j", 1, -1.5, None)


def test_an_empty_table_keeps_its_header(tmp_path: Path) -> None:
    path = write_workbook({"none": cells().head(0)}, tmp_path / "report.xlsx")
    assert len(list(openpyxl.load_workbook(path)["none"].iter_rows())) == 1


def curve() -> Picture:
    main = Series("All", (0.4, None, 0.2), "main", (0.3, None, 0.1), (0.5, None, 0.3))
    other = Series("=new", (0.1, 0.2, 0.3))
    return Picture(
        "line", "pooled_retention", "Curves", (0, 1, 2), (main, other), "percent", "Months; below",
        footer="Of customers.", call="pooled_retention(cells)",
    )  # fmt: skip


def ladder(kind: Kind = "bar") -> Picture:
    bars = Series("Went on", (0.4, 0.3), "main", (0.3, 0.1), (0.45, 0.5))
    return Picture(kind, "repurchase_ladder", "Ladder", ("1st", "2nd"), (bars,), "percent")


def test_charts_are_native_and_read_their_own_sheet(tmp_path: Path) -> None:
    charts = {"curves": curve(), "ladder": ladder(), "heat": ladder("heatmap")}
    path = write_workbook({"cohorts": cells()}, tmp_path / "report.xlsx", charts=charts)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["contents", "cohorts", "curves", "ladder", "heat"]
    lines = list(book["curves"].iter_rows(values_only=True, max_row=4))
    assert lines[0][0] == "Months"
    assert "'=new" in lines[0]
    columns = {name: [row[place] for row in lines[1:]] for place, name in enumerate(lines[0])}
    assert columns["All"] == [0.4, None, 0.2]
    assert columns["All, lower limit"] == [0.3, None, 0.1]
    (chart,) = book["curves"]._charts
    spans = [series.val.numRef.f for series in chart.series]
    assert sorted(spans) == [f"'curves'!${c}$2:${c}$4" for c in "BCDE"]
    assert [cell.value for cell in book["curves"]["A"][4:]] == [
        "Curves", "Of customers.", "pooled_retention(cells)",
    ]  # fmt: skip


def test_bars_have_their_intervals(tmp_path: Path) -> None:
    path = write_workbook({"a": cells()}, tmp_path / "report.xlsx", charts={"ladder": ladder()})
    sheet = openpyxl.load_workbook(path)["ladder"]
    rows = [[cell.value for cell in row] for row in sheet["B2:D3"]]
    assert rows == [pytest.approx([0.4, 0.1, 0.05]), pytest.approx([0.3, 0.2, 0.2])]
    (series,) = sheet._charts[0].series
    assert series.errBars.minus.numRef.f == "'ladder'!$C$2:$C$3"
    assert series.errBars.plus.numRef.f == "'ladder'!$D$2:$D$3"
    assert sheet["B2"].number_format == "0.0%"


def test_differences_of_shares_are_points(tmp_path: Path) -> None:
    gaps = Series("web", (0.026, -0.1), low=(-0.01, -0.2), high=(0.06, 0.0))
    gap = Picture("bar", "compare_groups", "Gap", ("30", "90"), (gaps,), "points")
    rates = Series("Rate", (0.4, -0.1, 0.3), is_total=(True, False, True))
    change = Picture("waterfall", "k", "Change", ("a", "b", "c"), (rates,), "percent")
    charts = {"gap": gap, "change": change}
    path = write_workbook({"a": cells()}, tmp_path / "report.xlsx", charts=charts)
    sheet = openpyxl.load_workbook(path)["gap"]
    assert [cell.value for cell in sheet["B2:D2"][0]] == [2.6, 3.6, 3.4]
    assert sheet["B2"].number_format == '+0.0" pts";-0.0" pts";0" pts"'
    # Rate, base, total, increase, decrease.
    sheet = openpyxl.load_workbook(path)["change"]
    assert [[cell.value for cell in row] for row in sheet["B2:F3"]] == [
        [40, None, 40, None, None], [-10, 30, None, None, 10],
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet["B3:F3"][0]] == [
        "0.0", '0.0"%"', '0.0"%"', '+0.0" pts";+0.0" pts";0" pts"', '-0.0" pts";-0.0" pts";0" pts"',
    ]  # fmt: skip


def test_heatmaps_are_cells_on_a_scale(tmp_path: Path) -> None:
    heat = ladder("heatmap")
    path = write_workbook({"a": cells()}, tmp_path / "report.xlsx", charts={"heat": heat})
    sheet = openpyxl.load_workbook(path)["heat"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B2:C2"]


def test_a_glossary_says_what_the_columns_mean(tmp_path: Path) -> None:
    path = write_workbook({"a": cells()}, tmp_path / "report.xlsx", has_glossary=True)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["contents", "a", "glossary"]
    rows = {row[0]: row[1:] for row in book["glossary"].iter_rows(values_only=True)}
    assert rows["retention_rate"] == ("0..1", "Returned over eligible.")
    assert set(rows) - {"column"} <= set(cells().columns)


# laws


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=45), max_size=6))
def test_sheet_names_are_valid_and_unique(names: list[str]) -> None:
    made = sheet_names(names)
    assert len({name.lower() for name in made}) == len(names)
    for name in made:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] not in "'=+-@"


# refusals


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"no table given"):
        write_workbook({}, tmp_path / "report.xlsx")
    with pytest.raises(ArgumentError, match=r"1 of 2 are no DataFrames .'b'."):
        write_workbook({"a": cells(), "b": 3}, tmp_path / "report.xlsx")
    with pytest.raises(ArgumentError, match=r"ends in \.xlsx"):
        write_workbook({"a": cells()}, tmp_path / "report.csv")
    with pytest.raises(ArgumentError, match=r"charts: 1 of 1 are no pictures"):
        write_workbook({"a": cells()}, tmp_path / "report.xlsx", charts={"c": cells()})  # type: ignore[dict-item]
    nothing = Picture("bar", "rfm", "T", ("a",), (Series("s", (None,)),))
    with pytest.raises(ArgumentError, match=r"no value in 1 series"):
        write_workbook({"a": cells()}, tmp_path / "report.xlsx", charts={"c": nothing})
    assert list(tmp_path.iterdir()) == []


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    write_workbook({"a": cells()}, tmp_path / "fits.xlsx")
    with pytest.raises(ExportError, match=r"tables\['a'\]: 4 rows .* Nothing was written"):
        write_workbook({"a": pd.concat([cells()] * 2, ignore_index=True)}, tmp_path / "b.xlsx")
    assert [file.name for file in tmp_path.iterdir()] == ["fits.xlsx"]


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"a text of 40,000 characters"):
        write_workbook({"a": pd.DataFrame({"x": ["y" * 40_000]})}, tmp_path / "report.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"there is no such folder"):
        write_workbook({"a": cells()}, tmp_path / "none" / "report.xlsx")
