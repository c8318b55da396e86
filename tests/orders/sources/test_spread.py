"""Pieces of a large file are whole lines from everywhere, none of them broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from retention.engine.frames import to_arrow
from retention.orders.sources import spread as spread_file
from retention.orders.sources.request import Request
from retention.orders.sources.spread import spread
from retention.orders.sources.text_file import open_text

BYTES = 200


@pytest.fixture
def request_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Request:
    monkeypatch.setattr(spread_file, "BYTES", BYTES)
    (tmp_path / "own").mkdir()
    return Request("orders", tmp_path / "own")


def rows_of(text: str, every: int, request: Request) -> list[dict[str, str]]:
    path = request.folder.parent / "orders.csv"
    path.write_bytes(text.encode())
    part = spread(open_text(path, path.name, request), every, request)
    return to_arrow(part.rows).to_pylist()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whole_lines_from_all_over_the_file(end: str, request_here: Request) -> None:
    lines = [f"{number},name {number}" for number in range(1_000)]
    found = rows_of(end.join(["id,name", *lines]), 2_000, request_here)
    numbers = [int(row["id"]) for row in found]
    assert all(row["name"] == f"name {row['id']}" for row in found)
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 0
    assert numbers[-1] > 850
    assert 70 < len(numbers) < 200


def test_a_small_file_is_there_in_full(request_here: Request) -> None:
    assert len(rows_of("id,name\n1,a\n2,b\n", 1, request_here)) == 2


def test_no_line_is_there_twice_where_pieces_would_overlap(request_here: Request) -> None:
    lines = "".join(f"{number},name\n" for number in range(500))
    found = rows_of(f"id,name\n{lines}", 1, request_here)
    assert len({row["id"] for row in found}) == len(found)


def test_pieces_that_begin_within_a_quoted_cell_are_left_out(request_here: Request) -> None:
    cell = '"' + "a line of a long cell\n" * 5 + '"'
    lines = [f"{number},{cell if number % 50 == 0 else number}\n" for number in range(1_000)]
    found = rows_of(f"id,name\n{''.join(lines)}", 500, request_here)
    assert found
    assert all(row["name"] in (row["id"], cell.strip('"')) for row in found)
