"""The stop button of a notebook: the cell ends, and what comes after it is as if it had not been run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

BEGUN = "begun"
SECONDS = 300
RATES = "print(rt.cohort_retention(orders)['returned'].sum(), len(rt.rfm(orders)))"
# Something that fits, something that writes; how long to let it work.
CELLS = {
    "fit": ("judged = rt.backtest(orders, holdout_days=90, cuts=4)", 1.0),
    "write": ("rt.write_workbook({'a': big}, 'out/big.xlsx')", 0.5),
}


class Kernel:
    """A kernel in a folder, as JupyterLab has one behind each notebook."""

    def __init__(self, folder: Path) -> None:
        env = os.environ | {"TMPDIR": str(folder / "tmp")}
        self.manager, self.client = start_new_kernel(cwd=str(folder), env=env)

    def run(self, source: str, *, stop_after: float | None = None) -> tuple[str, str]:
        """What a cell printed, and the name of its error; stopped so many seconds after it began."""
        asked = self.client.execute(f"print('{BEGUN}', flush=True)\n{source}")
        printed = ""
        while (message := self._next(asked))["msg_type"] != "status":
            printed += message["content"].get("text", "")
            if stop_after is not None and BEGUN in printed:
                time.sleep(stop_after)
                self.manager.interrupt_kernel()
                stop_after = None
        reply = self.client.get_shell_msg(timeout=SECONDS)["content"]
        return printed.replace(f"{BEGUN}\n", ""), reply.get("ename", "")

    def _next(self, asked: str) -> dict[str, Any]:
        """The next message that the cell sent; of its states only that it rests."""
        while True:
            message: dict[str, Any] = self.client.get_iopub_msg(timeout=SECONDS)
            is_ours = message["parent_header"].get("msg_id") == asked
            if is_ours and message["content"].get("execution_state") != "busy":
                return message

    def end(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("stopped")
    (made / "tmp").mkdir()
    (made / "out").mkdir()
    return made


@pytest.fixture(scope="module")
def kernel(folder: Path) -> Iterator[Kernel]:
    made = Kernel(folder)
    made.run(
        "import pandas as pd\nimport retention.notebook as rt\n"
        "orders = rt.sample_orders()\n"
        "big = pd.concat([orders.to_pandas()] * 3)"
    )
    yield made
    made.end()


@pytest.mark.slow
@pytest.mark.parametrize("name", CELLS)
def test_work_goes_on_after_the_stop(kernel: Kernel, folder: Path, name: str) -> None:
    source, seconds = CELLS[name]
    before, error = kernel.run(RATES)
    assert error == ""
    _, error = kernel.run(source, stop_after=seconds)
    assert error == "KeyboardInterrupt"
    assert kernel.run(RATES) == (before, "")
    # The same cell once more, to its end.
    assert kernel.run(source)[1] == ""
    assert [path.name for path in (folder / "out").iterdir() if path.suffix != ".xlsx"] == []
