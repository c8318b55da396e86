"""Every measure beside plain DuckDB SQL, pandas and lifetimes, on ledgers of growing size.

`python3 dev.py bench engine --orders 1000000 10000000` writes the ledgers, runs each way in a process
of its own, alternately, and prints medians and ratios; `--json FILE` keeps them for `benchmarks/page.py`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from ledger import ledger
from machine import about
from ways import LIFECYCLE, REPURCHASE, SQL, WAYS

Runs = dict[str, dict[str, dict[str, list[float]]]]
VERSIONS = ("duckdb", "ibis-framework", "pandas", "lifetimes", "retention")
INPUTS = ("parquet", "pandas")
# What comes before the first measure; SQL reads its file each time.
BEFORE = ("reading", "deriving")
SAME = [*SQL, *REPURCHASE, *LIFECYCLE]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--inputs", nargs="+", choices=INPUTS, default=list(INPUTS))
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory-limit", help="of our engine, such as 4GB")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", nargs=3, metavar=("WAY", "INPUT", "PATH"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        way, source, path = options.one
        print(json.dumps(measured(way, source, Path(path))))
        return
    if options.memory_limit:
        os.environ["RETENTION_MEMORY_LIMIT"] = options.memory_limit
    results = [one_size(orders, options) for orders in options.orders]
    kept = about(VERSIONS) | {"sizes": results}
    if len(results) > 1 and "ours" in options.ways:
        kept["exponent"] = exponent(results)
        print(f"\ncost grows with orders to the power of {kept['exponent']:.2f}")
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1) + "\n")


def one_size(orders: int, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        path = Path(folder) / "ledger.parquet"
        count = ledger(path, orders)
        print(f"\n{count:,} orders, {path.stat().st_size / 1e6:,.0f} MB")
        inputs = {kind: runs(kind, path, options) for kind in options.inputs}
    for kind, found in inputs.items():
        show(kind, found)
    return {"orders": count, "inputs": inputs}


def runs(kind: str, path: Path, options: argparse.Namespace) -> Runs:
    """Seconds and GB of each measure of each way, one entry a run; the ways take turns."""
    found: Runs = {way: {} for way in options.ways}
    for _ in range(options.runs):
        for way in options.ways:
            for measure, (seconds, memory) in alone(way, kind, path).items():
                kept = found[way].setdefault(measure, {"seconds": [], "memory": []})
                kept["seconds"].append(seconds)
                kept["memory"].append(memory)
    return found


def alone(way: str, kind: str, path: Path) -> dict[str, tuple[float, float]]:
    """A process of its own, so that none inherits another's memory."""
    words = [sys.executable, __file__, "--one", way, kind, str(path)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    answer: dict[str, tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measured(way: str, kind: str, path: Path) -> dict[str, tuple[float, float]]:
    """Seconds of each measure, and the most GB that the process has held up to its end."""
    import pandas as pd

    source: Any = path
    if kind == "pandas":
        source = pd.read_parquet(path).astype({"amount": "float64"})
    found = {}
    for measure, run in WAYS[way](source).items():
        started = time.perf_counter()
        run()
        seconds = time.perf_counter() - started
        found[measure] = (seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
    return found


def show(kind: str, found: Runs) -> None:
    measures = list(dict.fromkeys(name for way in found.values() for name in way))
    width = max(map(len, measures)) + 2
    print(f"\nfrom {kind}: seconds, and as multiples of DuckDB SQL")
    print(f"{'':{width}}" + "".join(f"{way:>18}" for way in found))
    for measure in measures:
        print(f"{measure:{width}}" + "".join(cell(found, way, [measure]) for way in found))
    print(f"{'the same measures':{width}}" + "".join(cell(found, way, SAME) for way in found))
    with_reading = [*BEFORE, *SAME]
    print(f"{'and reading':{width}}" + "".join(cell(found, way, with_reading) for way in found))
    everything = (f"{total(found[way], list(found[way])) or 0:10.2f}{'':8}" for way in found)
    print(f"{'all of the above':{width}}" + "".join(everything))
    most = (f"{peak(found[way]):15.2f} GB" for way in found)
    print(f"{'memory at most':{width}}" + "".join(most))


def cell(found: Runs, way: str, measures: list[str]) -> str:
    mine = total(found[way], measures)
    theirs = total(found.get("DuckDB SQL", {}), measures)
    if mine is None:
        return f"{'-':>18}"
    return f"{mine:10.2f}" + (f"{mine / theirs:8.2f}" if theirs else " " * 8)


def total(way: dict[str, dict[str, list[float]]], measures: list[str]) -> float | None:
    """The sum of medians."""
    there = [name for name in measures if name in way]
    if len(there) < len([name for name in measures if name not in BEFORE]) or not there:
        return None
    return sum(statistics.median(way[name]["seconds"]) for name in there)


def peak(way: dict[str, dict[str, list[float]]]) -> float:
    return max((max(measure["memory"]) for measure in way.values()), default=0.0)


def exponent(results: list[dict[str, Any]]) -> float:
    """The slope of our seconds over orders, both as logarithms."""
    kind = next(iter(results[0]["inputs"]))
    sizes = [math.log(result["orders"]) for result in results]
    ours = [result["inputs"][kind]["ours"] for result in results]
    costs = [math.log(total(way, list(way)) or 1) for way in ours]
    return statistics.linear_regression(sizes, costs).slope


if __name__ == "__main__":
    main()
