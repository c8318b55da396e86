"""A styled table shows shares, money and dates as people write them, and leaves the table alone."""

from __future__ import annotations

import pandas as pd

from retention.export.styled import styled

TABLE = pd.DataFrame(
    {
        "cohort": pd.to_datetime(["2024-06-01", "2024-07-01"]),
        "cohort_size": [1234, 7],
        "retention_rate": [0.1364, float("nan")],
        "total_value": [1_250_000.0, 900.0],
        "pro<b>vince": ["<b>Huế</b>", "Đà Nẵng"],
    }
)


# examples
def test_each_column_is_formatted_by_what_the_glossary_says() -> None:
    page = styled(TABLE).to_html()
    for shown in ("2024-06-01", "1,234", "13.6%", "1.25 m", "Đà Nẵng"):
        assert shown in page
    assert "nan" not in page
    assert "<b>" not in page


def test_only_the_first_rows_are_shown() -> None:
    assert "Đà Nẵng" not in styled(TABLE, max_rows=1).to_html()


# laws
def test_the_table_is_not_changed() -> None:
    before = TABLE.copy()
    styled(TABLE).to_html()
    pd.testing.assert_frame_equal(TABLE, before)
