"""The page docs/benchmarks.md from what was kept: `dev.py bench page ENGINE.json MODELS.json`.

The first file is that of `bench engine --json`, the second, which may be left out, of `bench models --json`.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ways import LIFECYCLE, REPURCHASE, SQL, WAYS

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Seconds depend on the machine and its mood; compare the ways within a table, which ran in one go.

## Tables

Medians of seconds, each way in a process of its own, the ways in turn; in brackets multiples of plain
DuckDB SQL that keeps to the same rules (benchmarks/ways.py). Our measures build on orders that were
read, checked and audited once; SQL reads its file each time and checks nothing. With 100 million orders
the engine was held to 4 GB (`--memory-limit 4GB`) and spilled; what is more are tables handed over to pandas.
Made by `python3 dev.py bench engine --json FILE`.

Measured on {date}: {machine}; {versions}.
"""
MODELS = """## Models

The best of up to three runs, from a table of customers to the fit; in brackets how many times as long as
ours. `pymc-marketing` finds the peak of its posterior (MAP), which is not that of the likelihood: the column
says how far below it lies. "Value" is a year of discounted value per customer, with its mean in the last
column; `lifetimes` counts twelve months of 30 days and discounts each from its end, we 365 days and each day
from itself, which makes 1.5 % more. Simulated and Tickets are made by `simulate_orders`, Tickets with rare
buyers as a ticket office has them; Cdnow is real. Made by `python3 dev.py bench models --json FILE`.

Measured on {date}: {machine}; {versions}.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", type=Path)
    parser.add_argument("models", type=Path, nargs="?")
    files = parser.parse_args()
    parts = [*engine(json.loads(files.engine.read_text()))]
    if files.models:
        parts += models(json.loads(files.models.read_text()))
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def engine(found: dict[str, Any]) -> Iterator[str]:
    yield headed(HEAD, found)
    for size in found["sizes"]:
        for kind, ways in size["inputs"].items():
            source = "Parquet" if kind == "parquet" else kind
            yield "\n".join([f"### {size['orders']:,} orders, from {source}\n", *table(ways), ""])
    if "exponent" in found:
        yield f"Our seconds grow with orders to the power of {found['exponent']:.2f}.\n"


def models(found: dict[str, Any]) -> Iterator[str]:
    yield headed(MODELS, found)
    for name, rows in found["tables"].items():
        yield f"### {name.capitalize()}\n\n| | | seconds | log-likelihood |\n|---|---|---|---|"
        for one in rows:
            times = "" if one["who"] == "retention" else f" ({one['times']:.1f})"
            figures = f"{one['seconds']:.3f}{times} | {one['log_likelihood']:,.3f}"
            yield f"| {one['task']} | {one['who']} | {figures} |"
        yield ""
    if found["million"]:
        yield "### A million customers\n\n| | seconds | memory, GB |\n|---|---|---|"
        for name, one in found["million"].items():
            yield f"| {name} | {one['seconds']:.2f} | {one['memory']:.2f} |"
        yield ""


def headed(text: str, found: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    return text.format(**found | {"versions": versions})


def table(ways: dict[str, Any]) -> Iterator[str]:
    names = [way for way in WAYS if way in ways]
    yield f"| seconds | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for measure in dict.fromkeys(name for way in names for name in ways[way]):
        yield row(measure, [seconds(ways, way, [measure]) for way in names], names)
    same = [*SQL, *REPURCHASE, *LIFECYCLE]
    yield row("all that SQL has", [seconds(ways, way, same) for way in names], names)
    most = [max(max(one["memory"]) for one in ways[way].values()) for way in names]
    yield f"| memory at most, GB | {' | '.join(f'{value:.1f}' for value in most)} |"


def row(name: str, values: list[float | None], names: list[str]) -> str:
    against = values[names.index("DuckDB SQL")] if "DuckDB SQL" in names else None
    cells = [told(value, against) for value in values]
    return f"| {name} | {' | '.join(cells)} |"


def told(value: float | None, against: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" + (f" ({value / against:.2f})" if against else "")


def seconds(ways: dict[str, Any], way: str, measures: list[str]) -> float | None:
    if not all(name in ways[way] for name in measures):
        return None
    return sum(statistics.median(ways[way][name]["seconds"]) for name in measures)


if __name__ == "__main__":
    main()
