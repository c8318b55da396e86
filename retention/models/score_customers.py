"""Scores of all customers, calculated where the orders lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from retention.engine.customer_grain import customers
from retention.engine.fetched import fetched
from retention.engine.frames import to_frame
from retention.engine.parquet_file import write_parquet
from retention.engine.place import place
from retention.engine.spark_folder import check_folder, write_folder
from retention.engine.warehouse import check_table, write_table
from retention.errors import ArgumentError
from retention.files import atomic_path
from retention.models.customer_value import check_money
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit, require_spend_fit
from retention.models.order_fit import OrderFit, check_horizon
from retention.models.score_histories import Scorer
from retention.models.scoring import READ, Scoring
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.repeatable import call_text
from retention.texts import text

ENDING = ".parquet"


def score_customers(
    orders: Orders | pd.DataFrame,
    fit: OrderFit,
    spend_fit: GammaGammaFit | None = None,
    *,
    horizon_days: int = 365,
    annual_discount_rate: float = 0.1,
    margin: float | None = None,
    as_of: As_of = None,
    to: str | Path | None = None,
) -> pd.DataFrame | Path | str:
    """Score every customer where the orders lie: chances, orders and money within the horizon.

    The model is evaluated once for each distinct history (frequency, recency, T), and the scores are
    joined back by the engine: any number of customers, and no Python on the cluster. The trap: with
    more than two million distinct histories, recency and T are rounded to bins of 2 to 28 days, and
    single scores are off.

    Parameters
    ----------
    orders
        `Orders`, or a DataFrame with our column names.
    fit
        A fitted order model (`fit_mbg_nbd`, `fit_pareto_nbd`), in whatever unit of time; of a sample of
        the customers, if you like.
    spend_fit
        A fitted `fit_gamma_gamma`; without it nothing is said of money.
    horizon_days
        How far to look ahead from the as-of date.
    annual_discount_rate
        By how much money a year from now is worth less, 0.1 for 10 %. Used for `clv` only.
    margin
        Share of the net amount that is left after variable costs, above 0 and up to 1.
    as_of
        Last day of the observation; may lie earlier than the orders' own, never later.
    to
        None for a DataFrame. A path that ends in .parquet for a file, which replaces an older one;
        Spark writes a folder of that name, and a database sends its customers here in batches. Else
        the "table" or "schema.table" to make in the database or on the Spark in which the orders
        lie; only then is anything made there. A name that is taken is refused.

    Returns
    -------
    pandas.DataFrame, pathlib.Path or str
        The table, sorted by customer_id; or the path of the file; or, of a table and of a folder of
        Spark, the name. Grain: customer with at least one purchase day. Columns: customer_id (str),
        frequency, recency, T (int64, days), p_alive, p_order (float64, 0..1), expected_orders
        (float64, purchase days); with `spend_fit` expected_order_value (float64, currency per
        purchase day) and expected_value (float64, currency, not discounted, before costs); with a
        margin clv (float64, currency, discounted).

    Raises
    ------
    ArgumentError
        Where the horizon, a rate, a fit, `as_of` or `to` cannot be used, or a table is there already.
    FitError
        Where an expected amount is infinite.
    ExportError
        Where the file cannot be written; nothing is left half-written.

    Notes
    -----
    Where histories were binned, `attrs["binning"]` says how wide, and what it cost, measured on a
    sample: the largest difference of p_alive, and the relative difference of the summed
    expected_orders. Of 2 million simulated customers of three years, p_alive was off by at most 0.02
    in bins of 2 days, 0.10 of 7, 0.45 of 28 (0.001, 0.003, 0.013 in the mean), and the sum by at most
    0.3 %. A Parquet file written here keeps the attrs for `pd.read_parquet`; a table and a folder of
    Spark have no place for them.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> from retention.tables.customer_summary import customer_summary
    >>> orders = pd.DataFrame(
    ...     {
    ...         "customer_id": ["an", "an", "an", "ba", "ba", "co"],
    ...         "ordered_at": pd.to_datetime(
    ...             ["2024-01-01", "2024-01-21", "2024-03-31"]
    ...             + ["2024-01-01", "2024-01-21", "2024-02-10"]
    ...         ),
    ...         "amount": [9.0, 5.0, 7.0, 3.0, 8.0, 6.0],
    ...     }
    ... )
    >>> scores = score_customers(orders, fit_mbg_nbd(customer_summary(orders)), horizon_days=90)

    Three repeat purchases in 230 days of three customers who are alike: 90 * 3 / 230 orders in 90 days,
    and none in exp(-90 * 3 / 230) of cases.

    >>> scores[["customer_id", "frequency", "T", "p_order", "expected_orders"]].round(2)
      customer_id  frequency   T  p_order  expected_orders
    0          an          2  90     0.69             1.17
    1          ba          1  90     0.69             1.17
    2          co          0  50     0.69             1.17
    """
    # Here and not around the function: a file is written with its caption.
    call = call_text(score_customers, locals() | {"to": None})
    check_money(annual_discount_rate, margin)
    _check_fits(fit, spend_fit, margin)
    scorer = Scorer(
        fit=fit,
        horizon_days=check_horizon(horizon_days),
        annual_discount_rate=annual_discount_rate,
        is_discounted=margin is not None,
    )
    scoring = Scoring(scorer, spend_fit, margin)
    given = given_orders(orders, as_of)
    rows = customers(given.orders, as_of_day=day_number(given.as_of)).select(*READ)
    known = {"as_of": f"{given.as_of:%Y-%m-%d}", "currency": given.currency, "call": call}
    if to is None:
        return _frame(rows, scoring, known)
    if _is_file(to) and place(rows) != "spark":
        return _file(rows, scoring, known, path=Path(to))
    return _there(rows, scoring, name=str(to))


def _check_fits(fit: object, spend_fit: object, margin: float | None) -> None:
    """Fits in each other's place, a table instead of a fit, money without a spend model."""
    require_fit(fit)
    require_spend_fit(spend_fit, is_optional=True)
    if margin is not None and spend_fit is None:
        raise ArgumentError(
            f"margin: {margin!r} of which amounts? Pass spend_fit=fit_gamma_gamma(customers) too, "
            "or leave margin out."
        )


def _is_file(to: str | Path) -> bool:
    """A table has no ending; a path object without one is refused as a table's name."""
    return str(to).lower().endswith(ENDING)


def _frame(rows: Any, scoring: Scoring, known: dict[Any, Any]) -> pd.DataFrame:
    """The scores as a DataFrame: every customer comes here anyway, so they are joined here."""
    with fetched(rows) as here, scoring.answered(here) as (found, caption):
        frame = to_frame(found.order_by("customer_id"), scoring.columns)
    frame.attrs = caption | known
    return frame


def _file(rows: Any, scoring: Scoring, known: dict[Any, Any], *, path: Path) -> Path:
    """The scores as a file, written beside its name first."""
    with (
        atomic_path(path) as beside,
        fetched(rows) as here,
        scoring.answered(here) as (found, caption),
    ):
        write_parquet(found, beside, attrs=caption | known, what=text("Writing scores"))
    return path


def _there(rows: Any, scoring: Scoring, *, name: str) -> str:
    """The scores as a table where the orders lie, or as a folder that Spark writes."""
    check, write = (check_folder, write_folder) if _is_file(name) else (check_table, write_table)
    check(rows, name)
    with scoring.answered(rows) as (found, _):
        write(found, name)
    return name
