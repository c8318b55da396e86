"""The page docs/benchmarks.md from what `bench engine --json FILE` kept: `dev.py bench page FILE`."""

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

Medians of seconds, each way in a process of its own, the ways in turn; in brackets multiples of plain
DuckDB SQL that keeps to the same rules (benchmarks/ways.py). Our measures build on orders that were
read, checked and audited once; SQL reads its file each time and checks nothing. Made by
`python3 dev.py bench engine --json FILE` and `python3 dev.py bench page FILE`.

Measured on {date}: {machine}; {versions}.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    found = json.loads(parser.parse_args().file.read_text())
    found["versions"] = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    parts = [HEAD.format(**found)]
    for size in found["sizes"]:
        for kind, ways in size["inputs"].items():
            title = (
                f"## {size['orders']:,} orders, from {'Parquet' if kind == 'parquet' else kind}\n"
            )
            parts.append("\n".join([title, *table(ways), ""]))
    PAGE.write_text("\n".join(parts), encoding="utf-8")


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
