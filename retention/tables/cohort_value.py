"""What a cohort is worth so far, per customer of the cohort."""

from __future__ import annotations

import pandas as pd

from retention.engine.age_scale import AgeScale
from retention.engine.cohort_amounts import Measure, cohort_amounts
from retention.engine.frames import to_frame
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import Period
from retention.tables.caption import caption, name_missing
from retention.tables.cohort_ages import Alignment, age_scale
from retention.tables.cohort_caption import cohort_parameters, with_meaning
from retention.tables.cohort_cells import COHORT, cohort_cells, customer_ages
from retention.tables.cohort_measure import require_known, require_measure
from retention.tables.last_age import check_max_age
from retention.tables.monthly_season import season_notes
from retention.tables.repeatable import repeatable
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(
    (
        "cohort", "age", "cohort_size", "eligible", "measure", "amount", "amount_per_customer",
        "cumulative_amount_per_customer", "orders", "average_order_value",
        "cumulative_average_order_value", "is_complete", "is_burn_in",
    )
)  # fmt: skip
_SUMS = ("amount", "net", "orders")


@repeatable
def cohort_value(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_of = None,
    by: str | list[str] | None = None,
    alignment: Alignment = "calendar",
    measure: Measure = "net",
    max_age: int | None = None,
) -> pd.DataFrame:
    """What each cohort brought in by age, in all and per customer of the cohort, back or not.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
        Of the cohorts and of the ages.
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order; "offer" is coupon or discount against full price.
    alignment : {"calendar", "relative"}
        As in `cohort_retention`.
    measure : {"net", "gross", "margin", "orders", "items"}
        Paid less paid back; paid, whatever was paid back later; net less the cost of the goods,
        where the source has a cost or a margin; number of orders; number of items, returned ones
        subtracted.
    max_age : int
        The last age to show.

    Returns
    -------
    DataFrame, one row per (group, cohort, age) of which something is known by as_of
        by (str), cohort (datetime64[us]), age (int64, periods), cohort_size (int64, customers),
        eligible (int64, customers of the cohort, back or not, whose window is known), measure (str),
        amount (float64, of the measure: currency, orders or items), amount_per_customer (float64, at
        this age over eligible), cumulative_amount_per_customer (float64, up to this age, of the same
        customers), orders (int64), average_order_value (float64, currency, net amount per order;
        null where nobody ordered), cumulative_average_order_value (float64, up to this age),
        is_complete, is_burn_in (bool).

    Raises
    ------
    ArgumentError
        If an argument is not known, the orders do not tell the measure, or `as_of` lies after the
        orders' own.

    Notes
    -----
    The trap: cohorts may only be compared at an age that is complete for both.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-20"]),
    ...     "amount": [10.0, 20.0, 5.0],
    ... })
    >>> cohort_value(orders)[["age", "amount", "cumulative_amount_per_customer", "is_complete"]]
       age  amount  cumulative_amount_per_customer  is_complete
    0    0    15.0                             7.5         True
    1    1    20.0                            17.5        False
    >>> cohort_value(orders, measure="orders")[["age", "cumulative_amount_per_customer"]]
       age  cumulative_amount_per_customer
    0    0                             1.0
    1    1                             1.5
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    check_max_age(max_age)
    require_measure(given, measure)
    scale = age_scale(given, period=period, alignment=alignment)
    sums = _sums(given, scale, names, measure)
    cells = _cells(sums, given, scale, names, max_age).assign(measure=measure)
    parameters = cohort_parameters(scale, names, measure=measure, max_age=max_age)
    table = caption(
        cells[[*names, *COLUMNS]],
        "cohort_value",
        given,
        customers=int(sums["customers"].sum()),
        **parameters,
    )
    if measure in ("orders", "items"):
        table.attrs["currency"] = None
    table.attrs["notes"] = season_notes(given)
    return with_meaning(table, scale, measure, max_age=max_age)


def _sums(orders: Orders, scale: AgeScale, by: tuple[str, ...], measure: Measure) -> pd.DataFrame:
    found = cohort_amounts(orders.orders, scale=scale, measure=measure, by=by)
    columns = (*by, COHORT, "reach", "age", "customers", "orders", "net", "amount", "unknown")
    sums = name_missing(to_frame(found, columns), by)
    require_known(sums, measure)
    return sums.drop(columns="unknown")


def _cells(
    sums: pd.DataFrame, orders: Orders, scale: AgeScale, by: tuple[str, ...], max_age: int | None
) -> pd.DataFrame:
    """Sums per cell, those up to the age, and what they are per customer and per order."""
    rows = customer_ages(sums, by=by, max_age=max_age)
    running = rows.groupby([*by, COHORT, "reach"])[list(_SUMS)].cumsum()
    rows = rows.join(running.add_prefix("all_"))
    cells = cohort_cells(rows, sums, orders, scale=scale, by=by)
    return cells.assign(
        amount_per_customer=cells["amount"] / cells["eligible"],
        cumulative_amount_per_customer=cells["all_amount"] / cells["eligible"],
        average_order_value=cells["net"] / cells["orders"].where(cells["orders"] > 0),
        cumulative_average_order_value=cells["all_net"]
        / cells["all_orders"].where(cells["all_orders"] > 0),
    )
