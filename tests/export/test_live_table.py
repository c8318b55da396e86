"""A long table is searched and sorted in a notebook, by the values behind its cells, without a network."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from retention.charts.style import use_style
from retention.export import live_table
from retention.export.live_table import _order, without_live_tables
from retention.export.styled import styled

HOSTILE = '</script><img src=x onerror="alert(1)"> <!-- /live table -->'
NOTEBOOK = """
import pandas as pd
import retention.notebook as rt
rt.styled(pd.DataFrame({"customer_id": [f"C{n:03}" for n in range(50)], "clv": 1000.0}))
"""


def customers(rows: int = 50) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": [f"C{number:03}" for number in range(rows)],
            "p_no_order": [(number * 37 % 101) / 101 for number in range(rows)],
            "clv": [number * 7919 % 100_000 if number % 7 else np.nan for number in range(rows)],
            "first_day": pd.date_range("2024-01-31", periods=rows, freq="D"),
        }
    )


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a notebook were asking."""
    monkeypatch.setattr(live_table, "get_ipython", lambda: SimpleNamespace(kernel=object()))


def settings(page: str) -> dict[str, Any]:
    """What the table in the page is told."""
    told = re.search(r"let dt_args = (\{.*?\n\s*\});\s*new ITable", page, re.DOTALL)
    assert told is not None
    found: dict[str, Any] = json.loads(told[1])
    return found


def rows(page: str) -> list[list[Any]]:
    cells: list[list[Any]] = json.loads(settings(page)["data_json"])
    return cells


# examples
@pytest.mark.usefixtures("kernel")
def test_cells_are_written_as_in_the_still_table_and_sorted_by_what_is_behind_them() -> None:
    page = styled(customers())._repr_html_()
    first, last = rows(page)[0], rows(page)[49]
    assert first[:4] == ["C000", "0.0%", "", "2024-01-31"]
    assert first[4:] == [1, 1, 0, 1]
    assert last[:4] == ["C049", "95.0%", "", "2024-03-20"]
    columns = settings(page)["columnDefs"]
    assert [each["orderData"] for each in columns[:4]] == [4, 5, 6, 7]
    assert [each["className"] for each in columns[:4]] == [
        "dt-left", "dt-right", "dt-right", "dt-left",
    ]  # fmt: skip
    assert all(not each["visible"] and not each["searchable"] for each in columns[4:])


@pytest.mark.usefixtures("kernel")
def test_its_words_are_in_the_language_of_the_session() -> None:
    with use_style(language="vi"):
        language = settings(styled(customers())._repr_html_())["language"]
    assert (language["search"], language["thousands"]) == ("Tìm:", ".")


@pytest.mark.usefixtures("kernel")
def test_all_rows_asked_for_are_there() -> None:
    page = styled(customers(3000), max_rows=2500)._repr_html_()
    assert len(rows(page)) == 2500
    assert "The first 2,500 of 3,000 rows." in page


@pytest.mark.slow
def test_in_a_notebook_it_fetches_nothing() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(NOTEBOOK)])
    NotebookClient(notebook, kernel_name="python3").execute()
    (output,) = notebook.cells[0].outputs
    page = output["data"]["text/html"]
    assert "injectModule(" in page
    assert not re.search(r"""(src|from|import\()\s*=?\s*['"]?https?:""", page)
    assert len(rows(page)) == 50


# refusals
@pytest.mark.usefixtures("kernel")
def test_what_a_cell_says_is_never_markup() -> None:
    table = customers().assign(note=HOSTILE).rename(columns={"clv": HOSTILE})
    page = styled(table)._repr_html_()
    assert "<img" not in page
    assert page.count("</script>") == page.count("<script")
    assert without_live_tables(page).count("live table") == 51


# laws
def test_outside_a_notebook_nothing_is_live() -> None:
    assert "<script" not in styled(customers())._repr_html_()


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize("rows", [0, 1, 30])
def test_a_short_table_stays_still(rows: int) -> None:
    assert "<script" not in styled(customers(rows))._repr_html_()


@pytest.mark.usefixtures("kernel")
def test_without_scripts_the_still_table_is_left() -> None:
    still = without_live_tables(styled(customers())._repr_html_())
    assert "<script" not in still
    assert still.count("<tr>") == 51


@given(st.lists(st.none() | st.floats(allow_nan=False), max_size=20))
def test_the_order_is_that_of_the_values(values: list[float | None]) -> None:
    column = pd.Series(values, dtype="float64")
    sorted_by_order = column.iloc[_order(column).argsort(kind="stable")]
    pd.testing.assert_series_equal(
        sorted_by_order, column.sort_values(kind="stable", na_position="first")
    )


def test_values_that_cannot_be_compared_are_sorted_as_words() -> None:
    assert _order(pd.Series([2, "10", None], dtype=object)).tolist() == [2, 1, 0]
