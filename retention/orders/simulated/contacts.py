"""Made-up phone numbers and e-mail addresses, and the ways in which they are written."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.simulated.purchases import Integers

# 095 is none of the prefixes in use; example.com belongs to nobody.
PREFIX = "95"
DOMAIN = "example.com"
GIVEN = ("an", "anh", "bao", "chi", "dung", "ha", "khanh", "linh", "minh", "ngoc", "thanh", "vy")
FAMILY = ("bui", "dang", "do", "ho", "le", "ly", "ngo", "nguyen", "pham", "phan", "tran", "vu")
STYLES = (0.6, 0.25, 0.15)  # 0951234567, +84 951 234 567, 84951234567
NO_PHONE, NO_EMAIL = 0.08, 0.25


def with_contacts(registrations: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add `phone` and `email` to each id: a person's two ids share one of them, or both.

    What is shared is written in another way under the second id.
    """
    owner = registrations["owner"].to_numpy("int64")
    people = int(owner.max()) + 1
    is_second = registrations["is_second"].to_numpy("bool")
    is_twice = np.isin(np.arange(people), owner[is_second])
    # 0: phone and e-mail stay the same, 1: another phone, 2: no e-mail the second time.
    change = np.where(is_second, rng.integers(3, size=people)[owner], 0)
    numbers = rng.choice(10_000_000, 2 * people, replace=False)
    has_phone = is_twice | (rng.random(people) >= NO_PHONE)
    has_email = is_twice | (rng.random(people) >= NO_EMAIL)
    phone = _phones(
        numbers[owner + people * (change == 1)],
        (rng.choice(3, people, p=STYLES)[owner] + is_second) % 3,
    )
    email = _emails(people, rng).iloc[owner].reset_index(drop=True)
    return registrations.assign(
        phone=phone.where(has_phone[owner]),
        email=email.mask(is_second, email.str.title()).where(has_email[owner] & (change != 2)),
    )


def _phones(numbers: Integers, style: Integers) -> pd.Series:
    nine = PREFIX + pd.Series(numbers).astype("str").str.zfill(7)
    spaced = "+84 " + nine.str[:3] + " " + nine.str[3:6] + " " + nine.str[6:]
    return ("0" + nine).mask(style == 1, spaced).mask(style == 2, "84" + nine)


def _emails(people: int, rng: np.random.Generator) -> pd.Series:
    """One address a person, told apart by its number."""
    given, family = (
        pd.Series(rng.choice(np.array(names, dtype=object), people), dtype="str")
        for names in (GIVEN, FAMILY)
    )
    return given + "." + family + pd.Series(np.arange(people)).astype("str") + "@" + DOMAIN
