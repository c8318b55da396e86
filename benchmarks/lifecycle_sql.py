"""The life cycle in plain DuckDB SQL: moves between 24 ends, and growth accounting."""

from __future__ import annotations

import pandas as pd

# Silence after which a customer is at risk, and lapsed; given, so that both ways answer the same.
AT_RISK, LAPSED, LOYAL = 60, 150, 3
# Two dozen ends, as of so many months, within the days that a ledger of any size has.
MONTH_ENDS = [f"{day:%Y-%m-%d}" for day in pd.date_range("2023-01-20", periods=24, freq="25D")]
ENDS = ", ".join(f"date '{day}'" for day in MONTH_ENDS)
DAYS = """
with daily as (
    select customer_id, ordered_at::date as day, sum(amount) as amount from {orders} group by all
), days as (
    select *, row_number() over w as number, lag(day) over w as previous_day, lead(day) over w as next_day
    from daily window w as (partition by customer_id order by day)
)
"""
LIFECYCLE: dict[str, tuple[str, ...]] = {
    "stage_flow, 24 ends": (
        DAYS + f"""
, ends as (
    select unnest([{ENDS}]) as month_end
), stood as (
    select customer_id, month_end, case
        when month_end - day > {LAPSED} then if(number = 1, 'lapsed_once', 'lapsed')
        when month_end - day > {AT_RISK} then 'at_risk'
        when day - previous_day > {LAPSED} then 'won_back'
        when number = 1 then 'new' when number < {LOYAL} then 'growing' else 'loyal' end as stage
    from days join ends
        on month_end >= day and (next_day is null or month_end < next_day)
), moves as (
    select month_end, stage as to_stage,
        lag(stage, 1, 'not_yet_known') over (partition by customer_id order by month_end) as from_stage
    from stood
)
select month_end, from_stage, to_stage, count(*) as customers from moves group by all
""",
    ),
    "growth_accounting": (
        """
with months as (
    select customer_id, date_trunc('month', ordered_at)::date as month, sum(amount) as amount
    from {orders} group by all
), beside as (
    select *, lag(month) over w as before, lag(amount) over w as amount_before, lead(month) over w as after
    from months window w as (partition by customer_id order by month)
)
select month, count(*), count(*) filter (before is null),
    count(*) filter (before = month - interval 1 month),
    count(*) filter (before < month - interval 1 month),
    count(*) filter (after is null or after > month + interval 1 month),
    sum(amount) filter (before is null), sum(amount) filter (before < month - interval 1 month),
    sum(least(amount, amount_before)) filter (before = month - interval 1 month),
    sum(greatest(amount - amount_before, 0)) filter (before = month - interval 1 month),
    sum(greatest(amount_before - amount, 0)) filter (before = month - interval 1 month),
    sum(amount) filter (after is null or after > month + interval 1 month)
from beside group by month order by month
""",
    ),
}  # fmt: skip
