"""Files, frames and Ibis tables in; one clear refusal for everything else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import OrdersError
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

ROWS = pd.DataFrame(
    {
        "Mã khách hàng": ["007", "008", "007"],
        "Mã đơn": ["A,1", 'B"2', "C;3"],
        "Ngày mua": ["2024-01-31", "2024-02-01", "2024-02-29"],
        "Thành tiền": ["1.250.000 đ", "80.000", "5.000"],
    }
)
EXPECTED = pd.DataFrame(
    {
        "customer_id": ["007", "008", "007"],
        "order_id": ["A,1", 'B"2', "C;3"],
        "ordered_at": pd.to_datetime(["2024-01-31", "2024-02-01", "2024-02-29"]).as_unit("us"),
        "amount": [1_250_000.0, 80_000.0, 5_000.0],
        "is_purchase": True,
    }
)
PLAIN = pd.DataFrame(
    {
        "customer_id": ["1", "2"],
        "ordered_at": pd.to_datetime(["2024-01-31", "2024-02-01"]),
        "amount": [1.5, 2.0],
    }
)


def assert_read(source: Any, **options: Any) -> None:
    assert_frame_equal(read_orders(source, **options).to_pandas(), EXPECTED)


# Examples


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_files(separator: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    ROWS.to_csv(path, sep=separator, index=False)
    assert_read(path)
    assert_read(str(path))


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    ROWS.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    assert_read(path)


def test_quotes_in_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "đơn hàng o'neil"
    folder.mkdir()
    ROWS.to_csv(folder / "a b.csv", index=False)
    assert_read(folder / "a b.csv")


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    ROWS.to_parquet(path)
    assert_read(path)


def test_a_file_is_let_go_of(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    ROWS.to_parquet(path)
    orders = read_orders(path)
    path.unlink()
    assert len(orders.to_pandas()) == 3


def test_frames_and_tables() -> None:
    assert_read(ROWS)
    assert_read(ROWS.set_index(pd.Index([5, 5, 5])))
    assert_read(ibis.memtable(ROWS))
    connection = ibis.duckdb.connect()
    assert_read(connection.create_table("orders", ROWS))
    assert_read(connection.create_view("some", connection.table("orders").mutate(x=1)))


def test_temporary_views_of_a_connection(tmp_path: Path) -> None:
    ROWS.to_parquet(tmp_path / "orders.parquet")
    assert_read(ibis.duckdb.connect().read_parquet(tmp_path / "orders.parquet"))


DTYPES = {
    "nullable": PLAIN.convert_dtypes(),
    "arrow": PLAIN.convert_dtypes(dtype_backend="pyarrow"),
    "object": PLAIN.astype(object),
    "category": PLAIN.astype({"customer_id": "category", "ordered_at": "category"}),
    "ns": PLAIN.astype({"ordered_at": "datetime64[ns]"}),
    "s": PLAIN.astype({"ordered_at": "datetime64[s]"}),
    "python dates": PLAIN.assign(ordered_at=[dt.date(2024, 1, 31), dt.date(2024, 2, 1)]),
    "python times": PLAIN.assign(
        ordered_at=pd.Series([dt.datetime(2024, 1, 31), dt.datetime(2024, 2, 1)], dtype=object)
    ),
    "periods": PLAIN.assign(ordered_at=PLAIN["ordered_at"].dt.to_period("D")),
    "float32": PLAIN.astype({"amount": "float32"}),
    "whole amounts": PLAIN.assign(amount=["1.5", "2.0"]),
}


@pytest.mark.parametrize("case", DTYPES)
def test_dtypes(case: str) -> None:
    frame = DTYPES[case]
    before = frame.copy(deep=True)
    found = read_orders(frame).to_pandas().drop(columns=["order_id", "is_purchase"])
    assert_frame_equal(found, PLAIN.astype({"ordered_at": "datetime64[us]"}))
    assert_frame_equal(frame, before)


def test_aware_times() -> None:
    aware = PLAIN.assign(ordered_at=PLAIN["ordered_at"].dt.tz_localize("Asia/Ho_Chi_Minh"))
    found = read_orders(aware, timezone="Asia/Ho_Chi_Minh").to_pandas()
    assert found["ordered_at"].tolist() == PLAIN["ordered_at"].tolist()


# Refusals


def assert_refused(path: Path, match: str) -> None:
    with pytest.raises(OrdersError, match=match):
        read_orders(path)


def test_missing_file(tmp_path: Path) -> None:
    assert_refused(
        tmp_path / "no.csv", r"orders: there is no file .*no.csv. Check the spelling; the folder"
    )


def test_folder(tmp_path: Path) -> None:
    assert_refused(
        tmp_path, r"orders: .* is a folder without tables \(none\)\. Give the path of a file, or"
    )


@pytest.mark.parametrize("content", [b"", b" \n\n"])
@pytest.mark.parametrize("name", ["orders.csv", "orders.parquet"])
def test_empty_file(content: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert_refused(path, rf"orders: {name} is empty. Export it again")


@pytest.mark.parametrize("content", ["customer,date,amount", "customer,date,amount\n"])
def test_header_only(content: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(content)
    assert_refused(path, "orders.csv has a header but no rows")


def test_empty_frame_and_parquet(tmp_path: Path) -> None:
    with pytest.raises(
        OrdersError, match=r"the DataFrame has no rows\. Check the filter that made it"
    ):
        read_orders(PLAIN.iloc[:0])
    PLAIN.iloc[:0].to_parquet(tmp_path / "orders.parquet")
    assert_refused(tmp_path / "orders.parquet", "orders.parquet has a header but no rows")


def test_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00\x08\x00")
    assert_refused(path, "orders.csv is not a text file")


def test_text_that_is_no_parquet(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    path.write_text("customer,date,amount\n1,2024-01-01,3\n")
    assert_refused(path, "orders.parquet could not be read as a table")


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(b"customer,date,amount\nM\xe3i,2024-01-01,3\n")
    assert_refused(path, r"orders.csv is not UTF-8 \(byte \d+\), .* In Excel choose 'CSV UTF-8'")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "orders.csv"
    ROWS.to_csv(path, index=False)

    def deny(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert_refused(path, r"orders.csv may not be read \(no permission\). Ask its owner")


def test_wrong_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "orders.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert_refused(
        path, r"orders.pdf is not a kind of file that is read here \(.csv, .tsv, .* .xlsx,"
    )


@pytest.mark.parametrize(
    ("suffix", "match"),
    [
        ("xlsx", "orders.xlsx could not be read as a workbook"),
        ("xls", "orders.xls could not be read as a workbook"),
        ("json", "orders.json could not be read as JSON .* one object per line"),
        ("zip", "orders.zip could not be unpacked: it is damaged, or no .zip file"),
        ("csv.gz", "orders.csv.gz could not be unpacked: it is damaged, or no .gz file"),
        ("feather", "orders.feather could not be read as a table"),
    ],
)
def test_damaged_file(suffix: str, match: str, tmp_path: Path) -> None:
    path = tmp_path / f"orders.{suffix}"
    path.write_bytes(b"PK\x03\x04")
    assert_refused(path, match)


def test_web_page_with_another_name(tmp_path: Path) -> None:
    path = tmp_path / "orders.xls"
    path.write_text("<html><table><tr><td>id</td></tr></table></html>")
    assert_refused(
        path, "orders.xls is a web page, whatever its name says .* save it as Excel workbook"
    )


def test_one_column_of_prose(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear all\nplease find attached\n")
    assert_refused(path, r"the first line of notes.txt has no separator \('Dear all'\)")


def test_prose_with_commas(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear all, please\nfind it attached, thanks, bye, all\n")
    assert_refused(path, "notes.txt")


def test_missing_column(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,amount\n1,2\n")
    assert_refused(path, r"orders.csv cannot be mapped. No column found for 'ordered_at'")


def test_same_names(tmp_path: Path) -> None:
    frame = pd.concat([PLAIN, PLAIN[["amount"]]], axis=1)
    match = r"2 columns share a name \('amount', 'amount'; capital letters do not count\)"
    with pytest.raises(OrdersError, match=match):
        read_orders(frame)
    with pytest.raises(OrdersError, match=r"2 columns share a name \('amount', 'AMOUNT'"):
        read_orders(PLAIN.assign(AMOUNT=1.0))
    frame.to_csv(tmp_path / "orders.csv", index=False)
    assert_refused(tmp_path / "orders.csv", match)


def test_addresses() -> None:
    with pytest.raises(OrdersError, match="is an address; nothing is read over the network"):
        read_orders("https://example.com/orders.csv")


def test_no_table_at_all() -> None:
    with pytest.raises(OrdersError, match=r"orders: cannot read a dict. Give a path to a CSV"):
        read_orders({"customer_id": ["a"]})
