from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import retention as rt
from retention import cli
from retention.export.report import Report
from retention.export.starter import copy_starter

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

ORDERS = """Mã khách,Ngày mua,Thành tiền
a,2024-01-01,5
b,2024-02-01,6
a,2024-03-01,7
"""
Answer = tuple[int, str, str]
Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process: exit status, what it says, and what it says is wrong."""
    # What --quiet sets ends with the test: later ones of this process look for their bars.
    monkeypatch.setenv("TQDM_DISABLE", "")

    def command(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["retention", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def shell(*words: object, cwd: Path, **environment: str) -> Answer:
    """The command in a process of its own, as the analyst runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "retention.cli", *map(str, words)],
        cwd=cwd, env=os.environ | environment, capture_output=True,
        encoding="utf-8", errors="replace", timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# examples


def test_which_one_it_is(run: Run) -> None:
    assert run("--version") == (0, f"retention {rt.__version__}\n", "")


def test_check_shows_what_was_understood_and_each_rule(run: Run, orders: Path) -> None:
    status, out, err = run("check", orders)
    assert (status, err) == (0, "")
    assert out.startswith("Orders: 3 orders of 2 customers, 2024-01-01 to 2024-03-01, from orders")
    for word in ("customer_id", "Mã khách", "Thành tiền", "lines_read", "headline"):
        assert word in out
    # Rules that touch nothing are left out; no line but a command with its path is too wide.
    assert "exact_duplicate" not in out
    said = [line for line in out.splitlines() if not line.startswith("  retention ")]
    assert len(said) < len(out.splitlines())
    assert max(map(len, said)) <= 96


def test_check_says_how_to_go_on(run: Run, orders: Path) -> None:
    assert run("check", orders)[1].splitlines()[-4:] == [
        "Amounts have no currency yet: name it with --currency.",
        "Next, with the same options, the report or the notebooks:",
        f"  retention report {orders} -o report",
        f"  retention init work --source {orders}",
    ]
    assert "no currency" not in run("check", orders, "--currency", "VND")[1]


@pytest.mark.skipif(os.name == "nt", reason="its shells quote in their own way")
@pytest.mark.parametrize("ending", ["toml", "TOML"])
def test_lines_to_copy_hold_in_a_shell(ending: str, run: Run, orders: Path, tmp_path: Path) -> None:
    shop = tmp_path / "my shop's"
    _, out, _ = run("init", shop, "--source", orders)
    words = shlex.split(out.splitlines()[-1].replace(",", ""))
    assert words[-3:] == [str(shop), "-o", str(shop / "report")]
    assert words[3] == str(shop)
    settings = (shop / "retention.toml").rename(shop / f"shop.{ending}")
    assert run("check", settings)[1].splitlines()[-2:] == [
        "Next:", f"  retention report {shlex.quote(str(settings))} -o report"
    ]  # fmt: skip
    copied = orders.rename(shop / "orders.csv")
    last = run("check", copied)[1].splitlines()[-1]
    assert shlex.split(last) == ["retention", "init", "work", "--source", str(copied)]


def test_help_loads_nothing_that_computes(tmp_path: Path) -> None:
    heavy = "{'pandas', 'numpy', 'duckdb', 'ibis', 'matplotlib'} & {*sys.modules}"
    words = f"import sys, retention.cli; sys.exit(str({heavy} or ''))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, timeout=60)
    assert done.stderr.strip() == ""


def test_several_problems_stand_in_lines_of_their_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("customer_id,order_date,amount\na,2024-01-01,5\nb,soon,free\nc,2024-01-02,7\n")
    _, _, err = run("check", path)
    assert err.splitlines()[0].endswith("2 problems in o.csv.")
    assert [line[:3] for line in err.splitlines()[1:]] == ["(1)", "(2)"]
    assert "another column with --column amount=..." in err


def test_check_takes_columns_with_blanks_and_signs(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text('"k = ""1""",when it was,tiền\na,01/02/2024,1.500\nb,13/02/2024,2.000\n')
    status, out, err = run(
        "check", path, "--column", 'customer_id=k = "1"', "--column", "ordered_at=when it was",
        "--column", "amount=tiền", "--date-format", "%d/%m/%Y", "--decimal", ",",
        "--timezone", "Asia/Ho_Chi_Minh", "--currency", "VND", "--as-of", "2024-03-31",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert "2 orders of 2 customers, 2024-02-01 to 2024-03-31" in out
    assert re.search(r"lines_used +2 +0 ", out)


@pytest.mark.parametrize("nothing", ["amount=None", "amount="])
def test_a_list_of_purchases_without_amounts_is_read_as_it_is_advised(
    nothing: str, run: Run, tmp_path: Path
) -> None:
    path, work = tmp_path / "o.csv", tmp_path / "work"
    path.write_text("cust,date\na,2024-01-01\nb,2024-02-13\n")
    assert "--column amount=None" in run("check", path)[2]
    said = run("check", path, "--column", nothing)[1]
    assert "2 orders of 2 customers" in said
    assert "no currency yet" not in said
    assert run("init", work, "--source", path, "--column", nothing)[0] == 0
    assert '"amount" = ""' in (work / "retention.toml").read_text(encoding="utf-8")
    assert "2 orders of 2 customers" in run("check", work)[1]


def test_check_sets_unreadable_lines_aside_when_told_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("customer_id,order_date,amount\na,2024-01-01,5\nb,n/a,6\n")
    assert run("check", path)[0] == 2
    status, out, _ = run("check", path, "--unreadable", "set_aside")
    assert status == 0
    assert "1 order of 1 customer," in out


def test_check_reads_several_files_or_a_pattern_as_one_table(
    run: Run, orders: Path, tmp_path: Path
) -> None:
    more = tmp_path / "orders_2.csv"
    more.write_text(ORDERS.replace("2024", "2025"), encoding="utf-8")
    for words in ([orders, more], [tmp_path / "*.csv"]):
        status, out, err = run("check", *words)
        assert (status, err) == (0, "")
        assert out.startswith("Orders: 6 orders of 2 customers, 2024-01-01 to 2025-03-01")


def test_check_takes_a_sheet_an_encoding_and_statuses(run: Run, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "Mã khách": ["a", "b"],
            "Ngày mua": ["2024-01-01", "2024-02-01"],
            "Thành tiền": [5, 6],
            "Trạng thái": ["kiểu=mới", "hoàn tất"],
        }
    )
    with pd.ExcelWriter(tmp_path / "o.xlsx") as book:
        frame.to_excel(book, sheet_name="Một", index=False)
        frame.head(1).rename(columns={"Mã khách": "Số"}).to_excel(book, sheet_name="2", index=False)
    frame.to_csv(tmp_path / "o.csv", index=False, encoding="utf-16")
    statuses = ["--status", "kiểu=mới=cancelled"]
    for words in ([tmp_path / "o.xlsx", "--sheet", "Một"], [tmp_path / "o.csv"]):
        status, out, err = run("check", *words, *statuses)
        assert (status, err) == (0, "")
        assert "1 order of 1 customer," in out
    assert_refused(
        run("check", tmp_path / "o.csv", *statuses, "--encoding", "morse"), "'morse' is not known"
    )


def test_check_merges_people_and_shows_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(
        "customer_id,order_date,amount\n1,2024-01-01,5\n2,2024-01-09,6\n1,2024-02-01,6\n"
    )
    (tmp_path / "people.csv").write_text(
        "customer_id,first_seen_at,email\n1,2024-01-01,lan.anh@example.com\n2,2024-01-01,Lan.Anh@Example.com\n"
    )
    words = ["check", tmp_path / "o.csv", "--merge-by", "email"]
    status, out, err = run(*words, "--people", tmp_path / "people.csv")
    assert (status, err) == (0, "")
    assert "3 orders of 1 customer," in out
    assert "People who stand for several ids" in out
    assert_refused(run(*words), "or pass --people with customer_id and email")


def test_init_twice_keeps_edits_and_says_so(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Khách hàng"
    status, out, _ = run("init", folder)
    count = len([path for path in folder.rglob("*") if path.is_file()])
    assert status == 0
    assert out.startswith(f"Files written to {folder}: {count}.")
    assert "Already there" not in out
    (folder / "retention.toml").write_text("# mine\n")
    (folder / "01_cohorts.ipynb").unlink()
    status, out, _ = run("init", folder)
    assert status == 0
    assert out.startswith(f"Files written to {folder}: 1.")
    assert f"Already there, and left as they are: {count - 1}." in out
    assert "They read a sample shop" not in out  # Nobody knows what somebody's own settings read.
    assert (folder / "retention.toml").read_text() == "# mine\n"


def test_report_hands_every_option_on(
    run: Run, orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def write(source: Path, folder: Path, **options: Any) -> Report:
        given.update(options, source=source, folder=folder)
        return Report(folder, (folder / "retention.pptx",))

    monkeypatch.setattr(rt, "write_report", write)
    status, out, _ = run(
        "report", orders, "-o", tmp_path / "out", "--column", "amount=Thành tiền", "--quiet",
        "--timezone", "UTC", "--currency", "EUR", "--as-of", "2024-12-31",
        "--date-format", "%Y-%m-%d", "--decimal", ".", "--unreadable", "set_aside",
        "--status", "a b=test", "--sheet", "2024", "--encoding", "cp1258",
        "--merge-by", "email", "--merge-by", "phone", "--people", "people.csv",
        "--history-start", "2024-01-01", "--attribute", "city", "--attribute", "tỉnh",
        "--non-products", "set_aside", "--language", "vi", "--margin", "0.3",
        "--horizon-days", "90", "--template", "look.potx",
        "--with-ids",
    )  # fmt: skip
    assert status == 0
    assert f"Open first: {tmp_path / 'out' / 'retention.pptx'}" in out
    assert given == {
        "source": orders, "folder": tmp_path / "out", "is_quiet": True, "with_ids": True, "timezone": "UTC",
        "currency": "EUR", "history_start": "2024-01-01", "attributes": ["city", "tỉnh"],
        "non_products": "set_aside", "as_of": "2024-12-31", "date_format": "%Y-%m-%d", "decimal": ".",
        "unreadable": "set_aside", "columns": {"amount": "Thành tiền"},
        "statuses": {"a b": "test"}, "sheet": "2024", "encoding": "cp1258",
        "merge_by": ["email", "phone"], "people": Path("people.csv"), "language": "vi",
        "margin": 0.3, "horizon_days": 90, "template": Path("look.potx"),
    }  # fmt: skip


def test_demo_reports_on_both_and_says_what_to_open(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources: list[Path] = []

    def write(source: Path, folder: Path, **options: Any) -> Report:
        sources.append(source)
        return Report(
            folder, tuple(folder / name for name in ("a.pptx", "b.html", "c.html", "d.xlsx"))
        )

    monkeypatch.setattr(rt, "write_report", write)
    status, out, _ = run("demo", tmp_path / "demo", "--quiet")
    assert status == 0
    assert [path.name for path in sources] == ["orders.csv", "orders.csv"]
    assert all(path.is_file() for path in sources)
    made = tmp_path / "demo" / "cdnow"
    assert f"cdnow: open {made / 'c.html'}, {made / 'a.pptx'}\n" in out


def test_a_pipe_without_vietnamese_letters_gets_their_codes(orders: Path, tmp_path: Path) -> None:
    status, out, err = shell("check", orders, cwd=tmp_path, PYTHONIOENCODING="cp1252")
    assert (status, err) == (0, "")
    assert r"ti\u1ec1n" in out


def test_warnings_made_errors_end_no_command(orders: Path, tmp_path: Path) -> None:
    status, _, err = shell("check", orders, cwd=tmp_path, PYTHONWARNINGS="error")
    assert (status, err) == (0, "")


# refusals


BAD: dict[str, tuple[bytes, str]] = {
    "letter.csv": (b"Dear all,we meet\nYours,An\n", "letter.csv cannot be mapped. No column found"),
    "words.csv": (b"Dear all\nYours\n", "the first line of words.csv has no separator"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.csv is not a text file"),
    "orders.parquet": (b"PAR1 and no more", "orders.parquet could not be read as a table"),
    "orders.xlsx": (b"PK\x03\x04", "orders.xlsx could not be read as a workbook"),
    "empty.csv": (b"", "empty.csv is empty"),
    "header.csv": (b"customer_id,order_date,amount\n", "header.csv has a header but no rows"),
    "visits.csv": (
        b"customer_id,order_date\na,2024-01-01\n",
        "visits.csv cannot be mapped. No column found for 'amount'",
    ),
    "sourceless.toml": (b'currency = "VND"\n', "sourceless.toml names no source"),
    "yaml.toml": (b"source: orders.csv\n", "yaml.toml is not valid TOML"),
    "lost.toml": (b'source = "none.csv"\n', "there is no file"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_is_one_message_and_nothing_written(
    name: str, run: Run, tmp_path: Path
) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    for words in (["check", tmp_path / name], ["report", tmp_path / name, "-o", tmp_path / "out"]):
        assert_refused(run(*words), message)
    assert names(tmp_path) == [name]


def test_a_folder_and_a_missing_file_are_no_source(run: Run, tmp_path: Path) -> None:
    assert_refused(
        run("report", tmp_path, "-o", tmp_path / "out"), "is a folder without tables (none). Give"
    )
    assert_refused(run("report", tmp_path / "a.csv", "-o", tmp_path / "out"), "there is no file")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--column", "customer_id", "--column: 'customer_id' is not of the form"),
        ("--column", "=Kunde", "--column: '=Kunde' is not of the form"),
        ("--column", "amount=Betrag", "orders.csv has no column 'Betrag'. It has 'Mã khách'"),
        ("--column", "betrag=Thành tiền", r"names 1 unknown columns ('betrag')"),
        ("--timezone", "Mars/Olympus", "timezone: 'Mars/Olympus' is not known"),
        ("--as-of", "yesterday?", "as_of: 'yesterday?' is not a date"),
        ("--as-of", "9999-12-31", "as_of: '9999-12-31' lies outside of the years 1000 to 9000"),
        ("--history-start", "0001-01-01", "history_start: '0001-01-01' lies outside of the years"),
        ("--encoding", "undefined", "encoding: 'undefined' is not known"),
        ("--as-of", "2020-01-01", "as_of: 2020-01-01 lies before the first day"),
        ("--decimal", ";", "decimal: ';' is not one of"),
        ("--unreadable", "drop", "unreadable: 'drop' is not one of"),
        ("--date-format", "%d.%m.%Y", 'They look like --date-format "%Y-%m-%d"; without --date-'),
        ("--status", "shipped", "--status: 'shipped' is not of the form shipped=completed"),
        ("--status", "shipped=gone", "'gone'"),
        ("--merge-by", "name", "merge_by: 'name' is not one of 'email', 'phone'"),
        ("--merge-by", "phone", 'name them with --column "phone=the source\'s name"'),
    ],
)
def test_a_bad_option_is_one_message_and_nothing_written(
    option: str, value: str, message: str, run: Run, orders: Path, tmp_path: Path
) -> None:
    assert_refused(run("report", orders, "-o", tmp_path / "out", option, value), message)
    assert names(tmp_path) == ["orders.csv"]


def test_advice_is_given_in_the_words_of_the_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("customer_id,order_date,amount\na,01/02/2024,5\nb,03/04/2024,6\n")
    assert_refused(run("check", path), '--date-format "%d/%m/%Y"')
    assert run("check", path, "--date-format", "%d/%m/%Y")[0] == 0


def test_settings_stand_alone(run: Run, orders: Path, tmp_path: Path) -> None:
    (tmp_path / "retention.toml").write_text('source = "orders.csv"\n')
    words = [orders, tmp_path / "retention.toml"]
    assert_refused(run("check", *words), "a retention.toml stands alone, and 2 sources were given")


def assert_refused(answer: Answer, message: str) -> None:
    status, out, err = answer
    assert status == 2
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "message"),
    [("orders.csv", "may not be read (no permission)"), ("retention.toml", "Permission denied")],
)
def test_a_file_without_permission(
    name: str, message: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / name
    closed.write_text(ORDERS, encoding="utf-8")
    closed.chmod(0)
    opened = Path.open

    def refuse(self: Path, *words: Any, **options: Any) -> Any:
        if self == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *words, **options)

    # Root may read everything, so the file's own bits are not enough.
    monkeypatch.setattr(Path, "open", refuse)
    assert_refused(run("report", closed, "-o", tmp_path / "out"), message)
    assert names(tmp_path) == [name]


def test_what_the_system_refuses_is_no_traceback_either(
    run: Run, orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*words: Any, **options: Any) -> Any:
        raise OSError(28, "No space left on device", "report.html")

    monkeypatch.setattr(rt, "write_report", refuse)
    assert_refused(run("report", orders, "-o", "out"), "report.html: No space left on device.")


def test_an_output_folder_that_is_a_file(run: Run, orders: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert_refused(run("report", orders, "-o", tmp_path / "out"), "nothing can be written there")
    assert_refused(run("init", tmp_path / "out"), "the folder cannot be made (File exists)")
    assert (tmp_path / "out").read_text() == "mine"
    assert names(tmp_path) == ["orders.csv", "out"]


def test_an_unknown_command_or_a_missing_argument_explains_the_usage(run: Run) -> None:
    for words in (["explode"], ["report", "orders.csv"], ["check"]):
        status, out, err = run(*words)
        assert (status, out) == (2, "")
        assert "Usage" in err


@pytest.mark.slow
def test_in_a_shell(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    assert_refused(shell("report", "empty.csv", "-o", "out", cwd=tmp_path), "empty.csv is empty")
    assert names(tmp_path) == ["empty.csv"]
    status, out, err = shell(cwd=tmp_path)
    assert "Usage" in out + err
    copy_starter(tmp_path / "start")
    status, out, err = shell("check", "start/retention.toml", cwd=tmp_path)
    assert (status, err) == (0, "")
    assert "Orders: 1" in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_answers_that_cannot_be_written(more: tuple[str, ...], orders: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "retention.cli", "check", str(orders), *more],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "retention: No space left on device.\n")
