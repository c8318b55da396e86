"""Reading a large CSV beside DuckDB's bare `read_csv` of the same file, and the audit of it.

`python3 dev.py bench reading` writes 1 GB of made-up order lines into a temporary folder, then measures
each way in a process of its own: seconds, and the most memory that it held.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

LINES = 12_600_000  # about 1 GB
AUDIT_LINES = 10_000_000
SQL = """
copy (
    select printf('%07d', (hash(i // 10) % 1000000)::int) as customer_id,
        printf('A%09d', i // 2) as order_id,
        strftime(timestamp '2022-01-01' + to_minutes((i // 2 * 1577000 // {half})::int), '%d/%m/%Y %H:%M')
            as order_date,
        'Product ' || (hash(i) % 500) as product,
        case when hash(i + 9) % 200 = 0 then -1 else hash(i + 1) % 5 + 1 end as quantity,
        printf('%.2f', case when hash(i + 9) % 200 = 0 then -1 else 1 end
            * (hash(i + 2) % 900000 + 1) / 100.0) as amount,
        ['web', 'store', 'app'][(1 + hash(i + 5) % 3)::int] as channel,
        ['completed', 'cancelled', 'completed', 'shipped'][(1 + hash(i // 2) % 4)::int] as status,
        'note ' || hash(i) as note
    from range({lines}) as numbers(i)
) to '{path}' (header)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--audit-lines", type=int, default=AUDIT_LINES)
    parser.add_argument("--way", choices=sorted(WAYS))
    parser.add_argument("--path", type=Path)
    options = parser.parse_args()
    if options.way:
        measured(options.way, options.path)
        return
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        path = write(Path(folder) / "orders.csv", options.lines)
        print(f"{options.lines:,} lines, {path.stat().st_size / 1e9:.2f} GB")
        bare = alone("bare", path)
        ours = alone("ours", path)
        print(
            f"{'DuckDB read_csv, stored':28} {bare['seconds']:6.1f} s  {bare['memory']:.2f} GB at most"
        )
        print(f"{'read_orders':28} {ours['seconds']:6.1f} s  {ours['memory']:.2f} GB at most, "
              f"{ours['held']:.2f} GB held, {ours['memory'] - ours['held']:.2f} GB above")  # fmt: skip
        print(f"{'ratio':28} {ours['seconds'] / bare['seconds']:6.2f}")
        path = write(path, options.audit_lines)
        audit = alone("audit", path)
        print(f"{f'audit of {options.audit_lines:,} lines':28} {audit['seconds']:6.1f} s")


def write(path: Path, lines: int) -> Path:
    with duckdb.connect() as connection:
        connection.execute(SQL.format(lines=lines, half=max(lines // 2, 1), path=path))
    return path


def alone(way: str, path: Path) -> dict[str, float]:
    """A process of its own for each way, so that none inherits the memory of another."""
    words = [sys.executable, __file__, "--way", way, "--path", str(path)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measured(way: str, path: Path) -> None:
    seconds, kept = WAYS[way](path)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": seconds, "memory": most, "held": held(), "rows": len(kept)}))


def held() -> float:
    """GB in use now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e9


def bare(path: Path) -> tuple[float, Any]:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        connection = duckdb.connect(str(Path(folder) / "bare.duckdb"))
        connection.execute("create table orders as from read_csv(?)", [str(path)])
        seconds = time.perf_counter() - started
        connection.close()
    return seconds, ()


def ours(path: Path) -> tuple[float, Any]:
    # Imported beforehand, as duckdb is for the other way.
    from retention import read_orders

    started = time.perf_counter()
    orders = read_orders(path)
    return time.perf_counter() - started, [orders]


def audit(path: Path) -> tuple[float, Any]:
    import retention as rt

    orders = rt.read_orders(path)
    started = time.perf_counter()
    table = orders.audit
    return time.perf_counter() - started, table


WAYS = {"bare": bare, "ours": ours, "audit": audit}

if __name__ == "__main__":
    main()
