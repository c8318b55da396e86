"""Small tables: how long a call takes on 10,000 orders, the import alone, and what 1,000 calls leave.

`python3 dev.py bench calls` prints milliseconds, the first call of a measure apart from the others, and
the views, tables and memory that the process holds more after the calls than before.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from ledger import ledger

ORDERS = 10_000
IMPORT = "import time; t = time.perf_counter(); import retention; print(time.perf_counter() - t)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000)
    options = parser.parse_args()
    seconds = [
        float(subprocess.check_output([sys.executable, "-c", IMPORT], text=True)) for _ in range(5)
    ]
    print(f"{'import retention':32}{statistics.median(seconds) * 1000:9.0f} ms")
    measures = measures_of(ORDERS)
    print(f"\n{ORDERS:,} orders{'':18}{'first':>9}{'then':>9}{'slowest':>9} ms")
    for name, run in measures.items():
        first, *others = [timed(run) for _ in range(21)]
        print(f"{name:32}{first:9.0f}{statistics.median(others):9.0f}{max(others):9.0f}")
    leaks(list(measures.values()), options.calls)


def measures_of(orders: int) -> dict[str, Callable[[], Any]]:
    import retention as rt

    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        path = Path(folder) / "ledger.parquet"
        ledger(path, orders)
        read = rt.read_orders(path)
        frame = rt.read_orders(path).to_pandas()
    names = ("customer_summary", "cohort_retention", "cohort_value", "repurchase_intervals",
             "repurchase_curve", "choose_lapse", "lifecycle_stages", "lifecycle_rates")  # fmt: skip
    return {
        **{name: lambda name=name: getattr(rt, name)(read) for name in names},
        "cohort_retention by channel": lambda: rt.cohort_retention(read, by="channel"),
        "customer_summary of a DataFrame": lambda: rt.customer_summary(frame),
    }


def timed(run: Callable[[], Any]) -> float:
    started = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - started)


def leaks(runs: list[Callable[[], Any]], calls: int) -> None:
    """In five parts: what is held once is no leak, what grows from part to part is one."""
    before, held = kept(), memory()
    more = []
    for number in range(calls):
        runs[number % len(runs)]()
        if (number + 1) % max(calls // 5, 1) == 0:
            more.append(f"{memory() - held:.0f}")
    print(f"\nafter {calls:,} calls: {kept() - before} tables and views more, {', '.join(more)} MB "
          f"more held after each fifth of them, at most {peak():.0f} MB")  # fmt: skip


def kept() -> int:
    from retention.engine.connection import private_connection

    gc.collect()
    query = "select count(*) from information_schema.tables"
    return int(private_connection().con.execute(query).fetchone()[0])


def memory() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
