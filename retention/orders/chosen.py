"""Orders with what was chosen beside the reading, given by name as a `retention.toml` says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import NoneType
from typing import Any

from retention.errors import ArgumentError
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.settings_file import CHOSEN
from retention.texts import current_language, language, languages


def read_chosen(source: object, options: Mapping[str, Any]) -> Orders:
    """Read orders; options that `read_orders` does not take become their choices.

    Raises
    ------
    OrdersError, ArgumentError
        If the source cannot be read, or an option is outside what is taken.
    """
    people = options.get("people")
    if not isinstance(people, (str, Path, NoneType)):
        raise ArgumentError(
            f"people: a {type(people).__name__} cannot be named in the report's settings. Save it "
            'with people.to_csv("people.csv", index=False) and pass the path.'
        )
    chosen = {name: value for name, value in options.items() if name in CHOSEN}
    paths = {name: str(value) for name, value in chosen.items() if isinstance(value, Path)}
    reading = {name: value for name, value in options.items() if name not in chosen}
    said = chosen.get("language")
    # What is no language is refused below, as the other choices are.
    with language(said if said in languages() else current_language()):
        orders = read_orders(source, **reading)
    return replace(orders, choices=orders.choices.but(**chosen | paths))
