"""A made-up ledger of any size as one Parquet file, in time order: `ledger(path, orders=10_000_000)`.

Customers join all the time and their orders lie all over the file, as in a real ledger. One order is
one line; nothing is cancelled or refunded. The same numbers on every machine.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

CUSTOMER_SHARE = 4  # so that orders lie over all days, and a few are too many
DAYS = 730
SQL = """
copy (
    with customers as (
        select c, hash(c) % {days} * 1440 + hash(c + 1) % 1440 as joined,
            -- Half never come back; the others come ever less often.
            case when hash(c + 2) % 2 = 0 then 0
                else floor(-ln(1 - (hash(c + 3) % 1000000) / 1e6) * 11)::int end as repeats,
            60 + hash(c + 4) % 600 as lifetime
        from range({customers}) as numbers(c)
    ), orders as (
        select c, joined + case when n = 0 then 0
                else (hash(c * 1000 + n) % (lifetime * 1440)) end as minutes,
            n, hash(c * 1000 + n + 7) as luck
        from customers, lateral unnest(range(repeats + 1)) as numbers(n)
    )
    select printf('C%09d', c) as customer_id,
        printf('A%013d', c * 1000 + n) as order_id,
        timestamp '2023-01-01' + to_minutes(minutes::bigint) as ordered_at,
        (luck % 90000 + 1000)::decimal(18, 2) / 100 as amount,
        ['organic', 'paid', 'email', 'social', 'store'][1 + (luck // 7 % 5)::int] as channel,
        'Product ' || luck // 11 % 200 as product
    from orders where minutes < {days} * 1440
    order by ordered_at, order_id
    limit {orders}
) to '{path}' (format parquet, row_group_size 500000)
"""


def ledger(path: Path, orders: int, *, memory_limit: str = "8GB") -> int:
    """Write the ledger and return how many orders it has."""
    with duckdb.connect(str(path.with_suffix(".duckdb"))) as connection:
        connection.execute(f"set memory_limit = '{memory_limit}'")
        connection.execute("set enable_progress_bar = false")
        connection.execute(
            SQL.format(
                customers=orders // CUSTOMER_SHARE,
                days=DAYS,
                orders=orders,
                path=str(path).replace("'", "''"),
            )
        )
        row = connection.execute("select count(*) from read_parquet(?)", [str(path)]).fetchone()
    path.with_suffix(".duckdb").unlink()
    return int(row[0]) if row else 0
