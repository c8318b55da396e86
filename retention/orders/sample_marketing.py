"""What brought the people of the sample shop Hiên Mây, and what that cost."""

from __future__ import annotations

import pandas as pd

from retention.orders.costs import read_costs
from retention.orders.sample_files import COSTS_FILE, TOUCHES_FILE, sample_folder
from retention.orders.touches import read_touches


def sample_touches() -> pd.DataFrame:
    """Touches of the people of the sample shop: ads, pages, wish lists, messages.

    Returns
    -------
    pandas.DataFrame
        One row per touch, by time, 10,889 in all.

        - customer_id : str, as in `sample_people`
        - touched_at : datetime64[us], local time
        - touch : str; ad_click, page_view, wish_list, message_sent, message_opened
        - channel, campaign, page, product : str, missing where they say nothing

    Raises
    ------
    OrdersError
        If the sample is not part of the installation.

    Notes
    -----
    The trap: messages went only to those who had bought in the year before, so people with messages
    buy more often than others whatever the messages do.

    Examples
    --------
    >>> sample_touches()["touch"].value_counts().head(2)
    touch
    message_sent    2853
    page_view       2751
    Name: count, dtype: int64
    """
    return read_touches(sample_folder() / TOUCHES_FILE)


def sample_costs() -> pd.DataFrame:
    """What the sample shop spent on ads.

    Returns
    -------
    pandas.DataFrame
        One row per day and channel, and one more where a campaign ran; 3,358 in all.

        - spent_at : datetime64[us], local date
        - channel : str; Facebook ad, TikTok, Search: as `source` in `sample_people`
        - spend : float64, VND
        - campaign : str, missing for the usual ads

    Raises
    ------
    OrdersError
        If the sample is not part of the installation.

    Notes
    -----
    The trap: one in four of the people whom the ads brought never bought, so the cost per person is
    not the cost per customer.

    Examples
    --------
    >>> sample_costs().groupby("channel")["spend"].sum().idxmax()
    'TikTok'
    """
    return read_costs(sample_folder() / COSTS_FILE, currency="VND")
