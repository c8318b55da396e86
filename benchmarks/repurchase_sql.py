"""Repurchases in plain DuckDB SQL: the ground of all gaps, and the tables that only we have."""

from __future__ import annotations

DAYS = """
with daily as (
    select customer_id, ordered_at::date as day, sum(amount) as amount, count(*) as orders
    from {orders} group by all
), days as (
    select *, row_number() over w as number, lead(day) over w - day as gap,
        max(day) over () as as_of
    from daily window w as (partition by customer_id order by day)
)
"""
FOLLOWED = (
    DAYS
    + """
, gaps as (
    select days.customer_id, number, day - first as since_first, as_of - first as t,
        coalesce(gap, as_of - day) as gap_days, gap is null as is_censored
    from days join (select customer_id, day as first from days where number = 1) using (customer_id)
)
"""
)
SPANS = (30, 60, 90, 180, 365)
SEEN = "case when number = 1 then t >= {days} else since_first <= 180 and t >= 180 + {days} end"
COUNTS = (
    FOLLOWED
    + """
select number, gap_days, is_censored, count(*) from gaps
where number <= 5 and (number = 1 or (since_first <= 180 and t >= 180 + {within})) group by all
"""
)
RUNG = (
    f"count(*) filter ({SEEN}), "
    f"count(*) filter ({SEEN} and not is_censored and gap_days <= {{days}})"
)
LADDER = (
    f"{FOLLOWED} select number, {', '.join(RUNG.replace('{days}', str(days)) for days in SPANS)} "
    "from gaps where number <= 5 group by all"
)
DAILY = """
, counts as (
    select {month} as month, gap_days, count(*) filter (not is_censored)::double as e,
        count(*)::double as n
    from {gaps} group by all
), risk as (
    select *, sum(n) over (order by gap_days desc rows unbounded preceding) as y from counts
), steps as (
    select month, gap_days, if(y > e, 1 / (y - e), 0) as ended, sum(if(y > e, e / (y * (y - e)), 0))
        over (partition by month order by gap_days rows unbounded preceding) as hazard
    from risk
)
"""
MONTH = "floor((gap_days - 1) / 30)"
# Some take two questions, as ours do.
REPURCHASE: dict[str, tuple[str, ...]] = {
    "repurchase_curve": (
        COUNTS.replace("{within}", "180"),
        FOLLOWED + DAILY.format(month="0", gaps="gaps") + """
, own as (
    select customer_id, gap_days, is_censored, hazard - if(is_censored, 0, ended) as g
    from gaps join steps using (gap_days)
), sums as (
    select *, sum(g) over w as s, count(*) over (partition by customer_id) - count(*) over w as m
    from own window w as (partition by customer_id order by gap_days rows unbounded preceding)
)
select gap_days, count(*) filter (not is_censored), count(*) filter (is_censored),
    sum(g * (2 * s - g)), sum(s * m - (s - g) * (m + 1)), sum(2 * m + 1)
from sums group by all
""",
    ),
    "repurchase_ladder": (LADDER, COUNTS.replace("{within}", "365")),
    "repurchase_hazard": (
        FOLLOWED + "select least(number, 4), gap_days, is_censored, count(*) from gaps group by all",
        FOLLOWED + ", many as (select * from gaps where number >= 4)"
        + DAILY.format(month=MONTH, gaps="many") + f"""
, own as (
    select customer_id, {MONTH} as month, sum(hazard - if(is_censored, 0, ended)) as s, count(*) as c
    from many join steps using (gap_days) group by all
), sums as (
    select *, sum(c) over (partition by customer_id order by month desc rows unbounded preceding) - c
        as m
    from own
)
select month, sum(s * s), sum(s * m), sum(c * (2 * m + c)) from sums group by all
""",
    ),
    "next_product": (
        """
with items as (
    select customer_id, ordered_at::date as day,
        coalesce(arg_min_null(product, (ordered_at, order_id)), '(missing)') as item
    from {orders} group by all
), ways as (
    select *, row_number() over w as number, lead(day) over w - day as gap,
        lead(item) over w as next_item, (select max(day) from items) as as_of
    from items window w as (partition by customer_id order by day)
)
select number, item, if(gap <= 180, next_item, null), if(gap <= 180, gap, 0), count(*)
from ways where number <= 2 and as_of - day >= 180 group by all
""",
    ),
}  # fmt: skip
