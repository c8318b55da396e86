"""The sample shop Hiên Mây, read as an analyst would read the files."""

from __future__ import annotations

import pandas as pd

from retention.orders.orders import Orders
from retention.orders.people import read_people
from retention.orders.read import read_orders
from retention.orders.sample_files import ORDERS_FILE, PEOPLE_FILE, sample_folder


def sample_orders() -> Orders:
    """Orders of a fictional Vietnamese shop, 2023 to 2025, amounts in VND.

    `data/sample/README.md` states the columns and the facts planted in them.

    Returns
    -------
    Orders
        11,096 orders of 2,620 customers that count; `.audit` tells what does not: cancelled and
        returned orders, and walk-ins under a made-up id. `by=` takes product, category, channel,
        province, coupon and status.

    Raises
    ------
    OrdersError
        If the sample is not part of the installation.

    Notes
    -----
    The trap: the shop is made up, so what is found here says nothing about real customers.

    Examples
    --------
    >>> orders = sample_orders()
    >>> orders.currency, f"{orders.as_of:%Y-%m-%d}"
    ('VND', '2025-12-31')
    """
    return read_orders(
        sample_folder() / ORDERS_FILE,
        attributes=["province"],
        timezone="Asia/Ho_Chi_Minh",
        currency="VND",
    )


def sample_people() -> pd.DataFrame:
    """People whom the sample shop has seen, buyers or not.

    Returns
    -------
    pandas.DataFrame
        One row per id of a person, 3,503 in all; some people have two.

        - customer_id : str
        - first_seen_at : datetime64[us], local date
        - email, phone, source, gender, birth_year, province : str, missing where unknown

    Raises
    ------
    OrdersError
        If the sample is not part of the installation.

    Notes
    -----
    The trap: one in four never bought, so a rate over these people is not a rate over customers.

    Examples
    --------
    >>> len(sample_people())
    3503
    """
    return read_people(sample_folder() / PEOPLE_FILE)
