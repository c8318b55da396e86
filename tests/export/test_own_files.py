from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from retention.errors import ExportError
from retention.export.own_files import refuse_others, refuse_sources
from retention.export.plan_files import write_plan_files
from retention.export.report import write_report
from retention.export.starter import copy_starter
from retention.orders.chosen import read_chosen
from retention.orders.read import read_orders

FRAME = pd.DataFrame(
    {"customer_id": ["an", "bo"], "ordered_at": ["2024-01-01", "2024-01-02"], "amount": [5, 6]}
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def notebook(path: Path, **metadata: object) -> None:
    path.write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4}))


# examples


def test_what_a_report_wrote_is_its_own(tmp_path: Path) -> None:
    notebook(tmp_path / "01_cohorts.ipynb", papermill={})
    (tmp_path / "retention.toml").write_text('source = "o.csv"')
    for folder in (tmp_path, tmp_path / "new"):
        refuse_others(folder, ["01_cohorts", "07_monthly_report"], "retention.toml")
    notebook(tmp_path / "07_monthly_report.ipynb")
    with pytest.raises(ExportError, match="2 of the files there were not written by a report"):
        refuse_others(tmp_path, ["01_cohorts", "07_monthly_report"], "retention.toml")


def test_orders_of_no_file_are_lost_nowhere(tmp_path: Path) -> None:
    FRAME.to_excel(tmp_path / "audience.xlsx", index=False)
    refuse_sources(read_orders(FRAME), [tmp_path / "audience.xlsx"])
    with pytest.raises(ExportError, match="files that are read"):
        refuse_sources(read_orders(tmp_path / "audience.xlsx"), [tmp_path / "audience.xlsx"])


# refusals


@pytest.mark.parametrize("is_link", [False, True])
def test_an_audience_does_not_replace_its_orders(is_link: bool, tmp_path: Path) -> None:
    source = tmp_path / ("orders.xlsx" if is_link else "audience.xlsx")
    FRAME.to_excel(source, index=False)
    if is_link:
        (tmp_path / "audience.xlsx").symlink_to(source)
    before, content = names(tmp_path), source.read_bytes()
    with pytest.raises(
        ExportError,
        match=r"1 of the files to be written are files that are read \('audience\.xlsx'\)",
    ):
        write_plan_files(read_orders(source), tmp_path)
    assert names(tmp_path) == before
    assert source.read_bytes() == content


@pytest.mark.parametrize("key", ["people", "touches", "template"])
def test_what_goes_with_the_orders_is_not_replaced_either(key: str, tmp_path: Path) -> None:
    FRAME.to_csv(tmp_path / "o.csv", index=False)
    target = tmp_path / "a.pptx"
    target.touch()
    orders = read_chosen(tmp_path / "o.csv", {key: str(target)})
    with pytest.raises(ExportError, match=r"files that are read \('a\.pptx'\), and would be lost"):
        refuse_sources(orders, [tmp_path / "sub" / ".." / "a.pptx", target])


def test_a_report_does_not_replace_its_orders(tmp_path: Path) -> None:
    FRAME.to_excel(tmp_path / "cohorts.xlsx", index=False)
    for source in (tmp_path / "cohorts.xlsx", tmp_path / "*.xlsx", tmp_path):
        with pytest.raises(ExportError, match=r"files that are read \('cohorts\.xlsx'\)"):
            write_report(source, tmp_path, notebooks=["01_cohorts"], is_quiet=True)
    assert names(tmp_path) == ["cohorts.xlsx"]


def test_a_report_does_not_replace_notebooks_and_settings_of_somebody(tmp_path: Path) -> None:
    copy_starter(tmp_path)
    content = {path: path.read_bytes() for path in tmp_path.glob("*.*")}
    with pytest.raises(
        ExportError,
        match=r"8 of the files there were not written by a report \('00_your_orders\.ipynb', .*"
        r"Choose another folder with -o, such as .*report\.",
    ):
        write_report(tmp_path / "retention.toml", tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.glob("*.*")} == content


@pytest.mark.parametrize("broken", ["[]", "{", "[" * 100_000, '{"metadata": {}}', "\xff"])
def test_what_is_no_notebook_was_written_by_no_report(broken: str, tmp_path: Path) -> None:
    (tmp_path / "01_cohorts.ipynb").write_text(broken, encoding="latin-1")
    with pytest.raises(ExportError, match=r"1 of the files there were not written by a report"):
        refuse_others(tmp_path, ["01_cohorts"], "retention.toml")


def test_settings_written_by_hand_are_somebodys(tmp_path: Path) -> None:
    (tmp_path / "retention.toml").write_text('source = "o.csv"  # mine')
    with pytest.raises(ExportError, match=r"\('retention\.toml'\)"):
        refuse_others(tmp_path, ["01_cohorts"], "retention.toml")
