"""Text files of every dialect: one English and one Vietnamese table, written in many ways."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

HEADER = ("customer_id", "order_id", "ordered_at", "amount", "channel")
CUSTOMERS = ("007", "012", "007", "345", "012")
IDS = ("A-1", "A-2", "A-3", "A-4", "A-5")
DAYS = ("2024-01-05", "2024-01-31", "2024-02-29", "2024-03-15", "2024-03-31")
AMOUNTS = ("12.50", "99.99", "1250.00", "0.01", "7.00")
CHANNELS = ("Shop", "Web", "Web", "Shop", "Phone")
VIETNAMESE = (
    ("Mã khách hàng", "Mã đơn hàng", "Ngày đặt hàng", "Thành tiền", "Kênh bán"),
    ("KH001", "ĐH01", "05/01/2024", "1.250.000 ₫", "Cửa hàng"),
    ("KH002", "ĐH02", "31/01/2024", "350.000 ₫", "Zalo"),
    ("KH001", "ĐH03", "29/02/2024", "80.500 ₫", "Sàn điện tử"),
    ("KH003", "ĐH04", "15/03/2024", "2.000.000 ₫", "Cửa hàng"),
    ("KH002", "ĐH05", "31/03/2024", "99.000 ₫", "Zalo"),
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def english(
    *, days: Sequence[str] = DAYS, amounts: Sequence[str] = AMOUNTS
) -> tuple[tuple[str, ...], ...]:
    """The English table, its days and amounts written as asked for."""
    return (HEADER, *zip(CUSTOMERS, IDS, days, amounts, CHANNELS, strict=True))


def joined(rows: Sequence[Sequence[str]], separator: str = ",", line_end: str = "\n") -> str:
    """The rows as text; cells that hold the separator or a quote are quoted."""
    return "".join(
        separator.join(_quoted(cell, separator) for cell in row) + line_end for row in rows
    )


def _quoted(cell: str, separator: str) -> str:
    if separator in cell or '"' in cell or "\n" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def windows_1258(text: str) -> bytes:
    """Letters with their tone behind them, as that code page has them."""
    return "".join(_letter_and_tone(letter) for letter in text).encode("cp1258")


def _letter_and_tone(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)) + tone


def _western() -> str:
    days = ("05.01.2024", "31.01.2024", "29.02.2024", "15.03.2024", "31.03.2024")
    amounts = ("12,50 €", "99,99 €", "1.250,00 €", "0,01 €", "7,00 €")
    rows = [list(row) for row in english(days=days, amounts=amounts)]
    for row, channel in zip(rows[1:], ("Café", "Web", "Web", "Café", "Téléphone"), strict=True):
        row[4] = channel
    return joined(rows, ";")


DECIMAL_COMMA = english(amounts=("12,50", "99,99", "1.250,00", "0,01", "7,00"))

TEXT_FILES: dict[str, str | bytes] = {
    "comma.csv": joined(english()),
    "semicolon.csv": joined(DECIMAL_COMMA, ";"),
    "tab.tsv": joined(english(), "\t"),
    "pipe.txt": joined(english(), "|"),
    "vietnamese.csv": joined(VIETNAMESE),
    "utf8_bom_crlf.csv": joined(VIETNAMESE, line_end="\r\n").encode("utf-8-sig"),
    "decomposed.csv": unicodedata.normalize("NFD", joined(VIETNAMESE)),
    "utf16_le.csv": b"\xff\xfe" + joined(VIETNAMESE, "\t", "\r\n").encode("utf-16-le"),
    "utf16_be.csv": b"\xfe\xff" + joined(VIETNAMESE, ";").encode("utf-16-be"),
    "utf16_without_bom.csv": joined(VIETNAMESE).encode("utf-16-le"),
    "windows_1252.csv": _western().encode("cp1252"),
    "windows_1258.csv": windows_1258(joined(VIETNAMESE, ";")),
    "quoted.csv": (
        '"customer_id","order_id","ordered_at","amount","channel"\n'
        '"007","A,1","2024-01-05","12.50","the ""big"" shop"\n'
        '"012","A;2","2024-01-31","99.99","two\nlines"\n'
        '"007","A""3","2024-02-29","1250.00",""\n'
        '"345","A\'4","2024-03-15","0.01","Shop, corner"\n'
        '"012","A|5","2024-03-31","7.00","Phone"\n'
    ),
    "single_quotes.csv": (
        "'customer_id','order_id','ordered_at','amount','channel'\n"
        "'007','A-1','2024-01-05','12.50','Shop, corner'\n"
        "'012','A-2','2024-01-31','99.99','Web'\n"
        "'007','A-3','2024-02-29','1250.00','Web'\n"
        "'345','A-4','2024-03-15','0.01','Shop, corner'\n"
        "'012','A-5','2024-03-31','7.00','Phone'\n"
    ),
    "backslashes.csv": (
        "customer_id,order_id,ordered_at,amount,channel\n"
        '007,A-1,2024-01-05,12.50,"the \\"big\\" shop, corner"\n'
        '012,A-2,2024-01-31,99.99,"Web"\n'
        '007,A-3,2024-02-29,1250.00,"Web"\n'
        '345,A-4,2024-03-15,0.01,"Shop"\n'
        '012,A-5,2024-03-31,7.00,"Phone"\n'
    ),
    "title_rows.csv": (
        "Báo cáo bán hàng,,,,\nTừ ngày 01/01/2024 đến ngày 31/03/2024,,,,\n,,,,\n"
        + joined(VIETNAMESE)
    ),
    "title_without_separators.csv": "Order report\nQuarter 1 of 2024\n\n" + joined(english(), ";"),
    "separator_line.csv": "sep=;\n" + joined(DECIMAL_COMMA, ";"),
    "trailing_separators.csv": joined(english()).replace("\n", ",\n").replace("A-3", " A-3 ") + "\n\n",
    "no_last_newline.csv": joined(english()).rstrip("\n"),
    "extra_columns.csv": (
        "STT,customer_id,,order_id,ordered_at,Ghi chú,amount,channel\n"
        "1,007,,A-1,2024-01-05,,12.50,Shop\n"
        "2,012,,A-2,2024-01-31,gọi trước,99.99,Web\n"
        "3,007,,A-3,2024-02-29,,1250.00,Web\n"
        "4,345,,A-4,2024-03-15,,0.01,Shop\n"
        "5,012,,A-5,2024-03-31,,7.00,Phone\n"
    ),
    "too_many_cells.csv": joined(english()).replace("99.99,Web", "99.99,Web,late,again"),
    "too_few_cells.csv": joined(english()).replace("1250.00,Web", "1250.00"),
    "no_header.csv": joined(english()[1:]),
    "twice_the_same_name.csv": joined(english()).replace("channel", "amount"),
    # Ids: zeros in front, beyond 2**63, letters among numbers.
    "leading_zeros.csv": (
        "customer_id,order_id,ordered_at,amount\n"
        "0012,0001,2024-01-05,1.50\n12,0002,2024-01-31,2.50\n012,1,2024-02-29,3.50\n"
        "0012,01,2024-03-31,4.50\n"
    ),
    "big_ids.csv": (
        "customer_id,order_id,ordered_at,amount\n"
        "18446744073709551615,9007199254740993,2024-01-05,1.50\n"
        "18446744073709551614,9007199254740992,2024-01-31,2.50\n"
        "9223372036854775808,9007199254740994,2024-02-29,3.50\n"
        "18446744073709551615,9007199254740995,2024-03-31,4.50\n"
    ),
    "mixed_ids.csv": (
        "customer_id,order_id,ordered_at,amount\n"
        "12,1,2024-01-05,1.50\nA12,2,2024-01-31,2.50\n1e5,3,2024-02-29,3.50\n"
        "Nguyễn Văn A,4,2024-03-15,4.50\ntrue,5,2024-03-31,5.50\n"
    ),
}  # fmt: skip
