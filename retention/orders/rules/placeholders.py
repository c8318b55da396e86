"""Placeholders: what a till or a form writes where there is no customer, e-mail or phone.

By the value: words ("khách lẻ", "guest"), signs alone ("-"), made-up e-mails ("test@test.com"), filler digits
("0000000000", "123456789"). By the crowd: one id with more orders than any person places.
"""

from __future__ import annotations

from typing import Any, Literal

from ibis import _

from retention.engine.frames import to_arrow
from retention.orders.folding import folded, has_skeleton
from retention.orders.rules.distinct_texts import distinct_texts

CROWD_SHARE = 0.05
CROWD_ORDERS = 100
CROWD_TIMES = 20
CROWD_A_DAY = 3
FILLER_ORDERS = 20
FILLER_TIMES = 5
TOP = 100
_WORDS = (
    "guest", "guest checkout", "guest user", "guest customer", "anonymous", "anonymous customer",
    "anon", "unknown", "unknown customer", "n/a", "na", "null", "none", "nan", "nil", "undefined",
    "not set", "not available", "no name", "no customer", "no id", "missing", "empty", "blank",
    "default", "default customer", "dummy", "walk in", "walk ins", "walk in customer", "walk in guest",
    "cash", "cash sale", "cash sales", "cash customer", "counter sale", "retail customer",
    "store customer", "pos", "pos customer", "test", "test user", "test customer", "tester",
    "testing", "xxx", "xxxx", "abc", "asdf", "customer", "client", "public", "general public",
    "khách lẻ", "khách hàng lẻ", "khách vãng lai", "khách hàng vãng lai", "vãng lai", "kh lẻ",
    "khách mua lẻ", "khách qua đường", "khách không tên", "khách lạ", "khách tại quầy", "khách",
    "khách hàng", "khách ẩn danh", "ẩn danh", "không tên", "không có", "không rõ", "không xác định",
    "chưa có", "chưa rõ", "trống", "mặc định", "khách mặc định", "tiền mặt", "bán lẻ", "khách test",
    "khách thử",
)  # fmt: skip
_FOLDED = frozenset(folded(word) for word in _WORDS)
_MADE_UP = (
    "^ *(?:none|no|null|no[._-]?e?mail|test|testing|tester|guest|unknown|no[._-]?reply|do[._-]?not"
    "[._-]?reply|dummy|fake|anonymous|abc|asdf|xxx?|x|aa?a?|123|000|111|no[._-]?name|khach[._-]?le|"
    "khong[._-]?co|vang[._-]?lai|undefined|default)@"
    "|@(?:none|no[-]?e?mail|test|noreply|fake)[.]com *$"
)
_LONG_RUN = "|".join(f"{digit}{{7,}}" for digit in range(10))
_FILLER = (
    "^(?:-1|0+|" + "|".join(f"{digit}{{4,}}" for digit in range(10)) + ")$"
    rf"|^[+]?(?:84|0)?[0-9]{{0,2}}(?:{_LONG_RUN})$"
    "|^[+]?(?:84|0)?(?:1234|12345|123456|1234567|12345678|123456789|1234567890|987654321)$"
)


# Nothing but signs: a dash where there is no customer.
_ONLY_SIGNS = "^[-–—_.,:;?!*#/~ ]+$"


def is_placeholder(value: Any) -> Any:
    """Whether a text (id, e-mail, phone) is a placeholder by its value alone, as an expression."""
    return _may_be_word(value) | _is_filler(value)


def placeholder_ids(
    lines: Any, wanted: tuple[str, ...] | Literal["auto"], *, people: Any = None
) -> list[str]:
    """The customer ids that stand for nobody; those given, or those that give themselves away.

    `people`: the `distinct_texts` of the ids, where they are there already.

    Filler digits may be a real number in a row of ids (0 to 500): there they must have at least 20
    orders, and 5 times those of the next customer. Any id is taken that has at least 5 % of all
    orders, 100 of them, 20 times those of the next customer, and more than 3 on its usual day.
    """
    if wanted != "auto":
        return sorted(wanted)
    people = distinct_texts(lines, "customer_id") if people is None else people
    found = people.mutate(
        is_word=_may_be_word(people.customer_id), is_filler=_is_filler(people.customer_id)
    )
    suspects = to_arrow(found.filter(_.is_word | _.is_filler)).to_pylist()
    words = {row["customer_id"] for row in suspects if row["is_word"] and _is_word(row)}
    fillers = {row["customer_id"] for row in suspects if row["is_filler"]}
    clear = words | _out_of_line(people, words, fillers)
    known = lines.filter(lines.customer_id.notnull())
    return sorted(clear | _crowds(known, people, clear, fillers - clear))


def _may_be_word(value: Any) -> Any:
    mail = value.contains("@").ifelse(value.lower(), "").re_search(_MADE_UP)
    return has_skeleton(value, _WORDS) | mail | value.re_search(_ONLY_SIGNS)


def _is_word(suspect: dict[str, Any]) -> bool:
    """The letters that a skeleton leaves out are right, too; an e-mail was compared in full."""
    return "@" in suspect["customer_id"] or folded(suspect["customer_id"]) in {"", *_FOLDED}


def _is_filler(value: Any) -> Any:
    digits = value.re_replace("[ .()\u00a0]+", "")
    return value.re_search("^[-+0-9 .()\u00a0]+$") & digits.re_search(_FILLER)


def _out_of_line(people: Any, words: set[str], fillers: set[str]) -> set[str]:
    """Filler digits that cannot be one of the shop's own numbers: another shape, or far away."""
    if not fillers:
        return set()
    others = people.filter(~people.customer_id.isin(sorted(fillers | words)))
    numbers = others.mutate(is_number=_.customer_id.re_search("^-?[0-9]{1,18}$"))
    value = numbers.is_number.ifelse(numbers.customer_id, None).cast("float64")
    length = numbers.is_number.ifelse(numbers.customer_id.length(), None)
    row = to_arrow(
        numbers.agg(
            people=_.count(),
            numbers=value.count(),
            low=value.quantile(0.005),
            high=value.quantile(0.995),
            shortest=length.min(),
            longest=length.max(),
        )
    ).to_pylist()[0]
    return {filler for filler in fillers if _stands_out(filler, row)}


def _stands_out(filler: str, others: dict[str, Any]) -> bool:
    if not others["people"]:
        return False
    digits = filler.lstrip("+-")
    if others["numbers"] < 0.1 * others["people"] or not digits.isdecimal():
        return True
    reach = 0.05 * (others["high"] - others["low"]) + 1
    is_near = others["low"] - reach <= float(filler) <= others["high"] + reach
    return not (is_near and others["shortest"] <= len(filler) <= others["longest"])


def _crowds(known: Any, people: Any, clear: set[str], fillers: set[str]) -> set[str]:
    """Ids with more orders than a person's, the next customer's in comparison."""
    rest = people.filter(~people.customer_id.isin(sorted(clear))) if clear else people
    top = to_arrow(rest.order_by(_.lines.desc(), _.customer_id).limit(TOP)).to_pylist()
    if not top or top[0]["lines"] < FILLER_ORDERS:
        return set()
    counts = _order_counts(known, [row["customer_id"] for row in top])
    # Nobody outside the top has more orders than the last of the top has lines.
    beyond = top[-1]["lines"] if len(top) == TOP else 0
    taken = _far_ahead(counts, beyond, FILLER_ORDERS, FILLER_TIMES) & fillers
    left = {name: row for name, row in counts.items() if name not in taken}
    crowd = {
        name
        for name in _far_ahead(left, beyond, CROWD_ORDERS, CROWD_TIMES)
        if left[name][0] > CROWD_A_DAY * left[name][1]
    }
    if crowd:
        orders = to_arrow(known.agg(orders=known.order_id.nunique()))["orders"][0].as_py()
        crowd = {name for name in crowd if left[name][0] >= CROWD_SHARE * orders}
    return taken | crowd


def _order_counts(known: Any, ids: list[str]) -> dict[str, tuple[int, int]]:
    """Orders, and days with orders, of a few customers."""
    theirs = known.filter(known.customer_id.isin(ids))
    rows = theirs.group_by("customer_id").agg(
        orders=theirs.order_id.nunique(), days=theirs.ordered_at.date().nunique()
    )
    return {row["customer_id"]: (row["orders"], row["days"]) for row in to_arrow(rows).to_pylist()}


def _far_ahead(counts: dict[str, tuple[int, int]], beyond: int, least: int, times: int) -> set[str]:
    """The ids before the last great drop in the number of orders."""
    ranked = sorted(counts, key=lambda name: -counts[name][0])
    orders = [counts[name][0] for name in ranked]
    ahead = 0
    for place, count in enumerate(orders):
        following = max([beyond, *orders[place + 1 : place + 2]])
        if count >= least and following and count >= times * following:
            ahead = place + 1
    return set(ranked[:ahead])
