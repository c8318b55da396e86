"""All tables of a simulated shop: one story told in orders, people, touches and costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from retention.orders.simulated.baskets import fill_baskets
from retention.orders.simulated.contacts import with_contacts
from retention.orders.simulated.costs import COLUMNS as COST_COLUMNS
from retention.orders.simulated.costs import draw_costs
from retention.orders.simulated.draw import Draw, draw_start, numbered_orders
from retention.orders.simulated.fees import fee_lines
from retention.orders.simulated.interest import draw_interest
from retention.orders.simulated.messages import draw_messages
from retention.orders.simulated.odd_buyers import odd_purchases, wholesale_lines
from retention.orders.simulated.people import TRAITS
from retention.orders.simulated.purchases import ANY, draw_purchases
from retention.orders.simulated.registrations import ids_at, register
from retention.orders.simulated.story import Story
from retention.orders.simulated.touches import COLUMNS as TOUCH_COLUMNS
from retention.orders.simulated.touches import draw_touches
from retention.orders.simulated.trade import Trade

ORDER_COLUMNS = (
    "order_id", "ordered_at", "customer_id", "phone", "product", "category", "quantity",
    "unit_price", "discount", "amount", "channel", "province", "coupon", "status",
)  # fmt: skip
PEOPLE_COLUMNS = ("customer_id", "first_seen_at", "email", "phone", *TRAITS)


@dataclass(frozen=True)
class ShopTables:
    """One frame per file."""

    orders: pd.DataFrame
    people: pd.DataFrame
    touches: pd.DataFrame
    costs: pd.DataFrame


def simulate_tables(
    story: Story, *, customers: int, days: int, start: pd.Timestamp, random_state: int
) -> ShopTables:
    """The tables of a shop with so many ordinary people; the same arguments, the same tables."""
    shop, plan = story.shop, story.marketing
    draw = draw_start(customers, days, start, story.population, shop, random_state)
    seeds = np.random.SeedSequence((random_state, customers)).spawn(4)
    buying, naming, filling, telling = (np.random.default_rng(seed) for seed in seeds)
    messages, orders = _messages_and_orders(draw, story, buying)
    everyone = _with_odd_people(draw.people, story.trade, orders)
    names = _registrations(everyone, orders, story.trade, naming)
    orders[["customer_id", "phone"]] = ids_at(names, orders["owner"], orders["ordered_at"])
    lines = _lines(orders, everyone, story, filling)
    touches = _touches(draw, lines, messages, story, telling)
    ids = ids_at(names, touches["owner"], touches["touched_at"])["customer_id"]
    costs = draw_costs(customers, shop=shop, plan=plan, start=start, days=days, rng=telling)
    return ShopTables(
        orders=lines[list(ORDER_COLUMNS)],
        people=_people(names, start, story.trade),
        touches=touches.assign(customer_id=ids)[list(TOUCH_COLUMNS)],
        costs=costs[list(COST_COLUMNS)],
    )


def _messages_and_orders(
    draw: Draw, story: Story, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Messages to ordinary customers, and all orders: ordinary ones, answers, odd ones."""
    ordinary = draw_purchases(
        draw.people,
        clock=draw.clock,
        population=story.population,
        shop=story.shop,
        rng=np.random.default_rng(draw.purchases_seed),
    )
    messages = draw_messages(ordinary, story.marketing.messages, draw.start, draw.clock, rng)
    answers = messages[messages["answered"].notna()]
    answers = answers[["owner"]].assign(day=answers["answered"], main=ANY)
    odd = odd_purchases(len(draw.people), story.trade, draw.clock, rng)
    purchases = pd.concat([ordinary, answers, odd], ignore_index=True)
    return messages, numbered_orders(purchases, draw.start, story.shop)


def _with_odd_people(people: pd.DataFrame, trade: Trade, orders: pd.DataFrame) -> pd.DataFrame:
    """The people, then the walk-ins as if they were one person, then the wholesaler."""
    odd = people.head(2).assign(
        source="Friend",
        gender=None,
        birth_year=None,
        province=trade.province,
        basket=1.0,
    )
    owners = [len(people), len(people) + 1]
    odd["joined"] = orders.groupby("owner")["day"].min().reindex(owners).to_numpy()
    return pd.concat([people, odd.astype(people.dtypes.to_dict())], ignore_index=True)


def _registrations(
    everyone: pd.DataFrame, orders: pd.DataFrame, trade: Trade, rng: np.random.Generator
) -> pd.DataFrame:
    """The ids of all, and the one id of the walk-ins, which is no person's."""
    walk_in = len(everyone) - 2
    people = everyone.drop(index=walk_in)
    names = with_contacts(
        register(people, orders[orders["owner"] < walk_in], trade.twice_rate, rng), rng
    )
    till = names.head(1).assign(
        owner=walk_in, customer_id=trade.walk_ins.customer_id, phone=trade.walk_ins.customer_id
    )
    return pd.concat([names, till], ignore_index=True)


def _lines(
    orders: pd.DataFrame, everyone: pd.DataFrame, story: Story, rng: np.random.Generator
) -> pd.DataFrame:
    """The lines of all orders, by time; postage stands last in its order."""
    shop, trade = story.shop, story.trade
    walk_in, buyer = len(everyone) - 2, len(everyone) - 1
    store = [channel.name for channel in shop.channels].index(trade.walk_ins.channel)
    over_the_counter = replace(
        shop, home_channel_rate=1.0, coupons=(), returned_rate=0.0, refund_rate=0.0
    )
    everyone = everyone.assign(channel=everyone["channel"].where(everyone.index < walk_in, store))
    lines = pd.concat(
        [
            fill_baskets(orders[orders["owner"] < walk_in], everyone, shop=shop, rng=rng),
            fill_baskets(
                orders[orders["owner"] == walk_in], everyone, shop=over_the_counter, rng=rng
            ),
            wholesale_lines(orders[orders["owner"] == buyer], shop, trade, rng),
        ],
        ignore_index=True,
    )
    lines = pd.concat([lines, fee_lines(lines[lines["owner"] < walk_in], trade.fee)])
    return lines.sort_values(["ordered_at", "order_id"], kind="stable", ignore_index=True)


def _touches(
    draw: Draw,
    lines: pd.DataFrame,
    messages: pd.DataFrame,
    story: Story,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """What the ordinary people clicked, looked at, wished for and were written."""
    shop, plan = story.shop, story.marketing
    bought = lines[
        (lines["owner"] < len(draw.people)) & (lines["product"] != story.trade.fee.product)
    ]
    interest = draw_interest(
        draw.people, bought, shop=shop, plan=plan.interest, clock=draw.clock, rng=rng
    )
    return draw_touches(draw, interest, messages, plan=plan, rng=rng)


def _people(names: pd.DataFrame, start: pd.Timestamp, trade: Trade) -> pd.DataFrame:
    """One row per id of a person; the walk-ins are none."""
    people = names[names["customer_id"] != trade.walk_ins.customer_id]
    seen = start + pd.to_timedelta(np.floor(people["joined"]), unit="D")
    return people.assign(first_seen_at=seen.astype("datetime64[us]"))[list(PEOPLE_COLUMNS)]
