"""A refusal in a notebook is a card; bugs, sources and files stop the run as ever."""

from __future__ import annotations

import atexit
import inspect
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from pptx import Presentation
from strategies import shop_frame
from traitlets.config import Config

import retention
import retention.notebook as rt
from retention.errors import ArgumentError, ExportError, OrdersError
from retention.hidden_ids import VARIABLE
from retention.unanswered import Unanswered

LINES = pd.DataFrame(
    {
        "customer_id": ["a", "a", "b"],
        "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-20"]),
        "amount": [10.0, 20.0, 5.0],
    }
)
REFUSED = "rt.cohort_retention(orders, period='moth')"


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """What a kernel runs cells in; there is one of it in a process, here without a history."""
    InteractiveShell.clear_instance()
    made = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    made.user_ns.update(rt=rt, orders=LINES.copy(), pd=pd)
    yield made
    atexit.unregister(made.atexit_operations)
    InteractiveShell.clear_instance()


def run(shell: InteractiveShell, source: str) -> tuple[list[Any], Any]:
    """What a cell shows, and its error."""
    with capture_output() as shown:
        done = shell.run_cell(source, store_history=True)
    cards = [out for out in shown.outputs if "text/html" in out.data]
    return [out.data["text/html"] for out in cards], done.error_in_exec


# examples


def test_a_refusal_is_a_card_once_in_a_cell(shell: InteractiveShell) -> None:
    cards, error = run(shell, f"cells = {REFUSED}\nrt.plot_cohort_heatmap(cells);\ncells")
    assert error is None
    assert len(cards) == 1
    assert "period: &#x27;moth&#x27; is not one of" in cards[0]
    assert "Said by rt.cohort_retention." in cards[0]
    assert isinstance(shell.user_ns["cells"], Unanswered)


def test_what_rests_on_it_is_one_line_in_later_cells(shell: InteractiveShell) -> None:
    run(shell, f"cells = {REFUSED}")
    cards, error = run(shell, "pooled = rt.pooled_retention(cells)\nrt.styled(pooled.tail(3))")
    assert error is None
    (card,) = cards
    assert "it rests on rt.cohort_retention, which was refused above" in card
    assert "moth" not in card
    # Nothing is shown where nothing would have been.
    assert run(shell, "pooled = rt.pooled_retention(cells)") == ([], None)


def test_what_may_be_missing_is_left_out(shell: InteractiveShell) -> None:
    run(shell, "cells = rt.cohort_retention(orders)\nnone = rt.rfm(orders, as_of='no day')")
    cards, error = run(
        shell, "table = rt.lifecycle_rates(orders, people=none)\nlen(rt.cohort_retention(orders))"
    )
    assert (cards, error) == ([], None)
    assert isinstance(shell.user_ns["table"], pd.DataFrame)


def test_a_workbook_has_what_there_is(shell: InteractiveShell, tmp_path: Any) -> None:
    shell.user_ns.update(file=str(tmp_path / "o.xlsx"), other=str(tmp_path / "none.xlsx"))
    run(shell, f"cells, rates = {REFUSED}, rt.lifecycle_rates(orders)")
    assert run(shell, "rt.write_workbook({'cells': cells, 'rates': rates}, file);")[1] is None
    with pd.ExcelFile(tmp_path / "o.xlsx", engine="openpyxl") as book:
        assert "cells" not in book.sheet_names
    cards, _ = run(shell, "rt.write_workbook({'cells': cells}, other)")
    assert len(cards) == 1
    assert not (tmp_path / "none.xlsx").exists()


def test_a_deck_has_no_slide_for_it(shell: InteractiveShell, tmp_path: Any) -> None:
    shell.user_ns.update(file=str(tmp_path / "d.pptx"))
    run(shell, f"cells = {REFUSED}\ndeck = rt.Deck(title='March')")
    cards, error = run(
        shell, "picture = rt.describe_cohort_heatmap(cells)\n"
        "deck.add(picture, title='Back', takeaway=f'{picture.alt_text}').add(orders, title='Orders')\n"
        "deck.save(file);"
    )  # fmt: skip
    assert error is None
    assert len(cards) == 1
    assert len(Presentation(tmp_path / "d.pptx").slides) == 2


def test_our_errors_show_the_line_of_the_cell_and_no_more(shell: InteractiveShell) -> None:
    with capture_output() as shown:
        shell.run_cell("orders\nrt.read_orders('nowhere.csv')")
    said = [line for line in shown.stdout.splitlines() if line]
    assert said[0] == "Line 2: rt.read_orders('nowhere.csv')"
    assert said[1].startswith("OrdersError: orders: there is no file nowhere.csv.")
    assert max(map(len, said)) <= 100
    assert len(said) <= 4


# laws


def test_names_and_signatures_are_those_of_the_package() -> None:
    assert dir(rt) == sorted(retention.__all__)
    for name in retention.__all__:
        ours, theirs = getattr(rt, name), getattr(retention, name)
        if inspect.isfunction(theirs):
            assert inspect.signature(ours) == inspect.signature(theirs)
            assert ours.__doc__ == theirs.__doc__


def test_results_are_those_of_the_package(shell: InteractiveShell) -> None:
    run(shell, "cells = rt.cohort_retention(orders)")
    pd.testing.assert_frame_equal(shell.user_ns["cells"], retention.cohort_retention(LINES))


def test_all_of_it_is_unanswered() -> None:
    none = Unanswered("rfm", ArgumentError("period: no."))
    for one in (none.a, none["a"], none(), none.query("x").tail(3), none["a"] > 1, ~none, none + 1):
        assert one is none
    assert [*none] == []
    assert not none
    assert repr(none) == "This cannot be answered with these data. period: no."
    with pytest.raises(AttributeError):
        _ = none._repr_png_


def test_what_has_its_card_is_not_printed_below_it() -> None:
    none = Unanswered("rfm", ArgumentError("period: no."))
    assert str(none) == repr(none)
    assert str(none.show()) == ""


def test_no_example_where_ids_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    split = pd.DataFrame(
        {"customer_id": ["O'Brien", "Lan (VIP)", "O'Brien", "Lan (VIP)"], "value_band": 1, "prediction": 1.0,
         "arm": ["treated", "treated", "holdout", "holdout"], "planned_at": "2024-03-01"}
    )  # fmt: skip

    def said() -> str:
        with pytest.raises(ArgumentError) as refused:
            retention.campaign_lift(shop_frame(), split)
        return repr(Unanswered("campaign_lift", refused.value))

    assert "O'Brien" in said()
    monkeypatch.setenv(VARIABLE, "secret")
    assert "(not shown)" in said()
    assert not [name for name in ("Brien", "Lan") if name in said()]


def test_names_of_columns_are_said_where_ids_are_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    with pytest.raises(ArgumentError) as refused:
        retention.cohort_retention(shop_frame(), by="city")
    assert "'city'" in repr(Unanswered("cohort_retention", refused.value))


# refusals


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("rt.read_orders('nowhere.csv')", OrdersError),
        ("rt.read_people('nowhere.csv')", OrdersError),
        ("rt.write_workbook({'a': orders}, '/dev/null/a.xlsx')", ExportError),
        ("rt.cohort_retention(orders).query('nonsense')", Exception),
        ("rt.cohort_retention(orders, perod='month')", TypeError),
        ("rt.no_such_name", AttributeError),
    ],
)
def test_what_stops_the_run(shell: InteractiveShell, source: str, kind: type[Exception]) -> None:
    cards, error = run(shell, source)
    assert cards == []
    assert isinstance(error, kind)


def test_outside_a_notebook_it_refuses_as_scripts_do() -> None:
    assert InteractiveShell.initialized() is False
    with pytest.raises(ArgumentError, match="period: 'moth' is not one of"):
        rt.cohort_retention(LINES, period="moth")
