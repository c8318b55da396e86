"""The commands that write files, and what they answer to machines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation

import retention as rt
from retention import cli
from retention.export.report import Report
from retention.orders.settings_file import read_settings

ORDERS = (
    "Mã khách,Ngày mua,Thành tiền,Tỉnh\na,2024-01-01,5,Huế\nb,2024-02-01,6,\na,2024-03-01,7,Huế\n"
)
Answer = tuple[int, str, str]
Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The command in this process: exit status, what it says, and what it says is wrong."""

    def command(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["retention", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    yield command
    rt.set_language("en")
    os.environ.pop("TQDM_DISABLE", None)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Orders of 300 customers, with contacts of each."""
    folder = tmp_path_factory.mktemp("shop")
    lines = rt.simulate_orders(customers=300, days=500, random_state=2)
    lines.to_csv(folder / "orders.csv", index=False)
    ids = sorted(lines["customer_id"].unique())
    people = pd.DataFrame({"customer_id": ids, "first_seen_at": "2023-01-01", "newsletter": "yes"})
    people["phone"] = [f"0912{number:06}" for number in range(len(ids))]
    people.loc[:9, "newsletter"] = "no"
    people.to_csv(folder / "people.csv", index=False)
    return folder / "orders.csv"


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


# init


def test_init_reads_the_file_and_writes_its_settings(
    run: Run, orders: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    status, out, err = run(
        "init", folder, "--source", orders, "--currency", "VND", "--margin", "0.3",
        "--audience", "all=expected_value > 0",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert "Orders: 3 orders of 2 customers" in out
    assert f"retention report {folder} -o {folder / 'report'}" in out
    settings = read_settings(folder / "retention.toml")
    assert settings.source == orders
    assert settings.options["columns"]["amount"] == "Thành tiền"
    assert settings.options["currency"] == "VND"
    assert "as_of" not in settings.options
    assert settings.choices.given() == {"margin": 0.3, "audiences": {"all": "expected_value > 0"}}
    # Each hint becomes a setting when its # is taken away.
    content = (folder / "retention.toml").read_text(encoding="utf-8")
    assert '# attributes = ["Tỉnh"]' in content
    told = [line[2:] for line in content.splitlines() if line.startswith("# ") and " = " in line]
    (folder / "all.toml").write_text("\n".join(['source = "o.csv"', *told]), encoding="utf-8")
    assert read_settings(folder / "all.toml").choices.holdout_share == 0.1
    # A folder with settings stands for its orders.
    assert run("check", folder)[1].startswith("Orders: 3 orders of 2 customers")


def test_columns_are_explained_in_the_language_that_is_asked_for(
    run: Run, orders: Path, tmp_path: Path
) -> None:
    said = "tiêu đề 'Thành tiền' nghĩa là amount"
    assert said in run("check", orders, "--language", "vi")[1]
    assert said in run("init", tmp_path / "work", "-s", orders, "--language", "vi")[1]
    assert said in (tmp_path / "work" / "retention.toml").read_text(encoding="utf-8")
    assert "language: 'xx' is not one of" in run("check", orders, "--language", "xx")[2]


def test_init_with_a_bad_file_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text(
        "customer_id,order_date,amount\na,01/02/2024,5\nb,03/04/2024,6\n"
    )
    status, out, err = run("init", tmp_path / "work", "--source", tmp_path / "o.csv")
    assert (status, out) == (2, "")
    assert '--date-format "%d/%m/%Y"' in err
    assert files(tmp_path) == ["o.csv"]


def test_init_keeps_settings_of_somebody(run: Run, orders: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    assert run("init", folder)[0] == 0  # The sample's settings are nobody's.
    assert run("init", folder, "-s", orders)[0] == 0
    written = (folder / "retention.toml").read_bytes()
    assert run("init", folder, "-s", orders)[0] == 0
    status, _, err = run("init", folder, "-s", orders, "--currency", "EUR")
    assert status == 2
    assert "retention.toml: is there already and says something else" in err
    assert (folder / "retention.toml").read_bytes() == written
    assert "no file is named. Add --source" in run("init", tmp_path / "x", "--currency", "EUR")[2]


# deck and audience


@pytest.mark.slow
def test_deck_is_written_then_updated(run: Run, shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    status, out, err = run("deck", shop, "-o", file, "--language", "vi", "--footer", "ACME", "-q")
    assert (status, err) == (0, "")
    assert "Bộ slide nằm ở" in out
    presentation = Presentation(file)
    assert presentation.slides[0].shapes.title.text_frame.text.startswith("Khách hàng")
    words = [s.text_frame.text for s in presentation.slides[1].shapes if s.has_text_frame]
    assert any(said.startswith("ACME") for said in words)
    presentation.slides[1].shapes.title.text_frame.text = "Của tôi"
    presentation.save(file)
    status, out, _ = run("deck", shop, "-o", file, "--language", "vi", "--json", "-q")
    said = json.loads(out)
    assert status == 0
    assert {row["action"] for row in said["slides"]} == {"đã cập nhật"}
    assert said["slides"][1]["title"] == "Của tôi"
    assert said["left_out"] == {}


@pytest.mark.slow
def test_audience_leaves_the_holdout_out_of_every_list(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    out_folder = tmp_path / "tet"
    words = ["audience", shop, "-o", out_folder, "--people", shop.with_name("people.csv"),
             "--platform", "zalo", "--consent", "newsletter", "--campaign", "tet",
             "--holdout-share", "0.2", "--audience", "all=expected_value > 0", "--quiet"]  # fmt: skip
    status, out, err = run(*words, "--json")
    assert (status, err) == (0, "")
    said = json.loads(out)
    assert files(out_folder) == [
        "audience.xlsx", "audience.xlsx.manifest.json", "audience_zalo.csv",
        "audience_zalo.csv.manifest.json", "holdout.csv",
    ]  # fmt: skip
    split = pd.read_csv(out_folder / "holdout.csv", dtype={"customer_id": "str"})
    held = split.loc[split["arm"] == "holdout", "customer_id"]
    listed = pd.read_excel(
        out_folder / "audience.xlsx", dtype={"customer_id": "str"}, engine="calamine"
    )
    assert set(split["salt"]) == {"tet"}
    assert not set(held) & set(listed["customer_id"])
    assert len(held) + len(listed) == len(split) == said["audiences"][0]["customers"]
    assert said["audiences"][0]["held_out"] == said["left_out"]["held_out"] == len(held)
    assert said["left_out"]["opted_out"] == 10
    zalo = (out_folder / "audience_zalo.csv").read_text().splitlines()
    assert len(zalo) == len(listed) + 1
    manifest = json.loads((out_folder / "audience_zalo.csv.manifest.json").read_text())
    assert manifest["rule"] == {"all": "expected_value > 0"}
    # The split of a campaign is drawn once.
    before = (out_folder / "holdout.csv").read_bytes()
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert "the hold-out of a campaign is there already" in err
    assert (out_folder / "holdout.csv").read_bytes() == before


@pytest.mark.slow
def test_the_split_is_no_formula_and_is_read_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Phone numbers as ids begin with a plus."""
    monkeypatch.chdir(tmp_path)
    lines = rt.simulate_orders(customers=300, days=500, random_state=2)
    lines["customer_id"] = "+84" + lines["customer_id"].astype("str")
    early = lines["ordered_at"] < lines["ordered_at"].max() - pd.Timedelta(days=60)
    lines[early].to_csv("o.csv", index=False)
    said = run("audience", "o.csv", "-o", "out", "--audience", "@all=expected_value > 0", "--quiet")
    assert said[0] == 0, said
    cells = pd.read_csv("out/holdout.csv", dtype="str")
    assert not cells.apply(lambda column: column.str.match(r"[=+\-@]")).any(axis=None)
    split = pd.read_csv("out/holdout.csv", dtype={"customer_id": "str"})
    found = rt.campaign_lift(rt.read_orders(lines), split, window_days=30)
    assert found["treated"].iloc[0] == (split["arm"] == "treated").sum()
    again = rt.assign_holdout(
        split.assign(customer_id=split["customer_id"].str.lstrip("'"), expected_value=1.0),
        salt="later", planned_at="2026-01-01", earlier=split,
    )  # fmt: skip
    assert again["is_kept"].all()


def test_audience_says_what_its_holdout_can_show(run: Run, shop: Path, tmp_path: Path) -> None:
    few = ("--audience", "few=expected_value > expected_value.quantile(0.995)",
           "--audience", "all=expected_value > 0")  # fmt: skip
    _, out, _ = run("audience", shop, "-o", tmp_path / "out", *few, "--quiet")
    row = next(line for line in out.splitlines() if line.startswith("few"))
    assert row.split()[2:] == ["0", "none"]
    assert "smallest effect: what more of those contacted must order" in out


def test_audience_refuses_before_it_computes(run: Run, orders: Path, tmp_path: Path) -> None:
    for words, message in (
        (["--platform", "zalo"], "Pass --people people.csv with customer_id"),
        (["--platform", "myspace"], "platform: 'myspace' is not one of 'google'"),
        (["--audience", "all"], "--audience: 'all' is not of the form"),
        (["--holdout-share", "10"], "holdout_share: 10.0 is not above 0 and up to 0.5"),
    ):
        status, out, err = run("audience", orders, "-o", tmp_path / "out", *words)
        assert (status, out) == (2, "")
        assert message in err
        assert "Traceback" not in err
    assert files(tmp_path) == ["orders.csv"]


# for machines


def test_check_answers_in_json(run: Run, orders: Path) -> None:
    status, out, err = run("check", orders, "--json", "--currency", "VND")
    said = json.loads(out)
    assert (status, err) == (0, "")
    assert (said["orders"], said["customers"], said["as_of"]) == (3, 2, "2024-03-01")
    assert said["currency"] == "VND"
    assert said["not_used"] == ["Tỉnh"]
    assert {row["column"]: row["source_column"] for row in said["mapping"]}[
        "amount"
    ] == "Thành tiền"
    assert said["audit"][0]["rule"] == "lines_read"
    assert {row["name"]: row["estimate"] for row in said["headlines"]}["amount"] == 18
    # 180 days are over for nobody: what is not known is null.
    assert {row["name"]: row["estimate"] for row in said["headlines"]}["repeat_rate_180"] is None


def test_a_refusal_is_json_as_well(run: Run, tmp_path: Path) -> None:
    for words in (["check"], ["report", "-o", tmp_path / "out"]):
        status, out, err = run(words[0], tmp_path / "none.csv", *words[1:], "--json")
        assert status == 2
        assert json.loads(out) == {"error": err.strip(), "status": 2}
        assert "there is no file" in err


def test_report_tells_what_changed(
    run: Run, orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = pd.DataFrame(
        {"name": ["orders", "repeat_rate_180"], "before": [3.0, None], "now": [5.0, None]}
    )
    changes["difference"] = changes["now"] - changes["before"]
    changes.attrs = {"before_as_of": "2024-02-29", "currency": "VND"}
    slides = pd.DataFrame(
        {"slide": [1, 2], "title": ["a", "b"], "action": "updated", "remark": ["", "title kept"]}
    )

    def write(source: Any, folder: Path, **options: Any) -> Report:
        return Report(folder, (folder / "retention.pptx",), changes, slides)

    monkeypatch.setattr(rt, "write_report", write)
    status, out, _ = run("report", orders, "-o", tmp_path)
    assert status == 0
    for line in (
        "Since 2024-02-29:", "  orders           3 -> 5", "Slides: 2 updated.", "  2  b: title kept",
        f"retention report {tmp_path / 'retention.toml'} -o {tmp_path}",
    ):  # fmt: skip
        assert line in out
    said = json.loads(run("report", orders, "-o", tmp_path, "--json")[1])
    assert said["since"] == "2024-02-29"
    assert said["changes"][0] == {"name": "orders", "before": 3, "now": 5, "difference": 2}
    assert said["slides"][1]["remark"] == "title kept"


# help


@pytest.mark.parametrize("command", ["demo", "init", "check", "report", "deck", "audience", "lab"])
def test_help_shows_examples(command: str, run: Run) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert "Examples:" in out
    assert f"retention {command} " in out or command == "demo"


def test_help_says_how_it_ends(run: Run) -> None:
    out = " ".join(run("--help")[1].split())
    assert "0 done; 2 refused" in out
    listed = out[out.index("Commands") :]
    places = [listed.index(f"│ {name} ") for name in ("demo", "init", "check", "report", "lab")]
    assert places == sorted(places)
