"""Orders and people made up from known parameters: to try things out, and to test what is found."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number, shown
from retention.names import check_columns
from retention.orders.simulated.baskets import fill_baskets
from retention.orders.simulated.draw import Draw, draw_start, numbered_orders
from retention.orders.simulated.people import TRAITS
from retention.orders.simulated.population import Population
from retention.orders.simulated.purchases import draw_purchases
from retention.orders.simulated.shop import Shop
from retention.periods import as_day

COLUMNS = check_columns(("customer_id", "order_id", "ordered_at", "amount"))
SHOP_COLUMNS = check_columns(
    (
        "order_id",
        "ordered_at",
        "customer_id",
        "product",
        "category",
        "quantity",
        "unit_price",
        "discount",
        "amount",
        "channel",
        "province",
        "coupon",
        "status",
    )
)
PEOPLE_COLUMNS = check_columns(("customer_id", "first_seen_at"))


def simulate_orders(
    *,
    customers: int = 1000,
    days: int = 730,
    start: str = "2023-01-01",
    population: Population | None = None,
    shop: Shop | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """Order lines of simulated customers.

    Without a shop, every person buys on joining, buys again as `population` says, and an order is
    one line with an amount from Gamma-Gamma. A shop adds people who never buy, peaks, products,
    baskets of several lines, channels, coupons, cancelled and returned orders, and refunds, and
    sets the amounts. The same arguments give the same frame.

    Parameters
    ----------
    customers : int
        People who join, buyers or not.
    days : int
        Length of the history in days.
    start : str
        First day of the history.
    population : Population, optional
        How they buy, drop out and spend.
    shop : Shop, optional
        What turns purchases into baskets; `retention.orders.simulated.hien_may.HIEN_MAY` is one.
    random_state : int
        Seed.

    Returns
    -------
    pandas.DataFrame
        One row per order line, by time.

        - customer_id : str
        - order_id : str, numbered by time
        - ordered_at : datetime64[us], local time
        - amount : float64, currency; quantity x unit_price - discount; below 0 in a refund
        - with a shop also product, category, channel, province, coupon, status : str;
          quantity : float64, items; unit_price, discount : float64, currency

    Raises
    ------
    ArgumentError
        If `customers` or `days` is below 1, the seed below 0, or `start` no date.

    Notes
    -----
    The trap: the parameters hold in continuous time: customers who buy more than once a day seem
    slower, once their orders are merged into purchase days.

    References
    ----------
    Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of models for
    customer base analysis (MBG/NBD); Fader, Hardie and Lee (2005), "Counting your customers" the
    easy way (BG/NBD); Fader and Hardie (2013), The Gamma-Gamma model of monetary value.

    Examples
    --------
    >>> orders = simulate_orders(customers=3, days=90, random_state=1)
    >>> orders.columns.tolist()
    ['customer_id', 'order_id', 'ordered_at', 'amount']
    >>> orders["customer_id"].nunique()
    3
    """
    draw = _draw(customers, days, start, population, shop, random_state)
    orders = _orders(draw, population or Population(), shop)
    rng = np.random.default_rng(draw.amounts_seed)
    if shop is None:
        orders["amount"] = _amounts(orders, customers, population or Population(), rng)
        return orders[list(COLUMNS)]
    lines = fill_baskets(orders, draw.people, shop=shop, rng=rng)
    lines = lines.sort_values("ordered_at", kind="stable", ignore_index=True)
    return lines[list(SHOP_COLUMNS)]


def simulate_people(
    *,
    customers: int = 1000,
    days: int = 730,
    start: str = "2023-01-01",
    population: Population | None = None,
    shop: Shop | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """The people behind `simulate_orders` with the same arguments, buyers or not.

    Parameters
    ----------
    customers : int
        People who join, buyers or not.
    days : int
        Length of the history in days.
    start : str
        First day of the history.
    population : Population, optional
        How they join.
    shop : Shop, optional
        Gives traits, and people who never buy.
    random_state : int
        Seed.

    Returns
    -------
    pandas.DataFrame
        One row per person, by the day of joining.

        - customer_id : str
        - first_seen_at : datetime64[us], local date
        - with a shop also source, gender, province : str; birth_year : Int64, null if unknown

    Raises
    ------
    ArgumentError
        If `customers` or `days` is below 1, the seed below 0, or `start` no date.

    Notes
    -----
    Only the same arguments give the same people: another `days` spreads them anew.

    Examples
    --------
    >>> people = simulate_people(customers=3, days=90, random_state=1)
    >>> people["customer_id"].tolist()
    ['000001', '000002', '000003']
    """
    draw = _draw(customers, days, start, population, shop, random_state)
    people = draw.people
    joined = draw.start + pd.to_timedelta(np.floor(people["joined"]), unit="D")
    columns = PEOPLE_COLUMNS if shop is None else (*PEOPLE_COLUMNS, *TRAITS)
    return people.assign(first_seen_at=joined.astype("datetime64[us]"))[list(columns)]


def _draw(
    customers: int,
    days: int,
    start: str,
    population: Population | None,
    shop: Shop | None,
    random_state: int,
) -> Draw:
    """Who joins and when, once the arguments are in order."""
    for name, value, least in (
        ("customers", customers, 1),
        ("days", days, 1),
        ("random_state", random_state, 0),
    ):
        require_number(name, value, is_whole=True)
        if value < least:
            raise ArgumentError(
                f"{name}: {value} is below {least}. Give a whole number of at least {least}."
            )
    _check_kind("population", population, Population)
    _check_kind("shop", shop, Shop)
    day = as_day(start, "start")
    return draw_start(customers, days, day, population or Population(), shop, random_state)


def _check_kind(name: str, given: object, kind: type) -> None:
    if given is not None and not isinstance(given, kind):
        raise ArgumentError(
            f"{name}: {shown(given)} is no {kind.__name__}. Make one, or leave it out."
        )


def _orders(draw: Draw, population: Population, shop: Shop | None) -> pd.DataFrame:
    """One row per order, by time, with its ids."""
    rng = np.random.default_rng(draw.purchases_seed)
    purchases = draw_purchases(
        draw.people, clock=draw.clock, population=population, shop=shop, rng=rng
    )
    orders = numbered_orders(purchases, draw.start, shop)
    ids = draw.people["customer_id"].to_numpy()[orders["owner"]]
    return orders.assign(customer_id=pd.Series(ids, dtype="str"))


def _amounts(
    orders: pd.DataFrame, customers: int, population: Population, rng: np.random.Generator
) -> pd.Series:
    """Gamma-Gamma amounts, in cents, never nothing."""
    scale = 1 / rng.gamma(population.q, 1 / population.v, customers)
    amount = rng.gamma(population.p, scale[orders["owner"]])
    return pd.Series(np.maximum(np.round(amount, 2), 0.01), index=orders.index)
