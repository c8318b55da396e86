"""Ids that differ only in how they were typed: "KH01" and "kh01 ", 0912 and 912, +84 912 and 0912."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.connection import private_connection
from retention.engine.frames import to_arrow
from retention.orders.keep import keep

_BLANKS = "[\\s\u00a0\u202f\u200b]+"
_PHONE_SIGNS = "[().+-]"
# A Vietnamese number with its country code, at home 0912345678 or 02412345678.
_WITH_CODE = "^(?:0084|84)0?(?:2[0-9]{8,9}|[35789][0-9]{8})$"
_CODE = "^(?:0084|84)"
_SHORTEST_PHONE = 9


def similar_customers(customers: Any) -> Any:
    """Customers whose id several spellings share, each with `person`: what the spellings share."""
    plain = customers.customer_id.lower().re_replace(_BLANKS, "")
    people = keep(customers.select("customer_id", plain=plain))
    people = keep(people.select("customer_id", person=_person(people.plain)))
    if ibis.get_backend(people) is private_connection():
        shared = people.group_by("person").agg(ids=_.count())
        return people.semi_join(shared.filter(shared.ids > 1), "person")
    # What is asked for anew each time is named once only.
    counted = people.mutate(ids=people.count().over(ibis.window(group_by="person")))
    return counted.filter(counted.ids > 1).drop("ids")


def similar_examples(similar: Any) -> list[str]:
    """The ids of a few people, as the source writes them."""
    few = similar.order_by("person", "customer_id").limit(4)
    return list(to_arrow(few.select("customer_id"))["customer_id"].to_pylist())


def _person(plain: Any) -> Any:
    """Digits without country code, signs and leading zeros; any other id as it is."""
    is_float = plain.re_search("^[0-9]+[.]0$")
    whole = ibis.ifelse(is_float, plain.re_replace("[.]0$", ""), plain)
    figures = whole.re_replace(_PHONE_SIGNS, "")
    is_phone = whole.re_search("^[0-9().+-]+$") & (figures.length() >= _SHORTEST_PHONE)
    number = ibis.ifelse(is_phone, figures, whole)
    at_home = ibis.ifelse(number.re_search(_WITH_CODE), number.re_replace(_CODE, ""), number)
    is_digits = at_home.re_search("^0+[0-9]+$")
    return ibis.ifelse(is_digits, at_home.re_replace("^0+", ""), at_home)
