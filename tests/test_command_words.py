"""What a message advises can be typed behind the command."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import typer

import retention as rt
from retention import cli
from retention.command_words import IN_SETTINGS, OPTIONS, command_words, settings_hint
from retention.orders.settings_file import CHOSEN

SAID = {
    'Pass date_format="%d/%m/%Y" if the day comes first, or date_format="%m/%d/%Y".': (
        'Pass --date-format "%d/%m/%Y" if the day comes first, or --date-format "%m/%d/%Y".'
    ),
    'Pass decimal="." or decimal=",", or unreadable="set_aside" to go on.': (
        'Pass --decimal . or --decimal ",", or --unreadable set_aside to go on.'
    ),
    'Pass timezone="Asia/Ho_Chi_Minh".': "Pass --timezone Asia/Ho_Chi_Minh.",
    """Pass columns={"amount": "the source's name"}.""": (
        'Pass --column "amount=the source\'s name".'
    ),
    "Pass columns={'amount': 'Giá \"{1}\"'}.": "Pass --column 'amount=Giá \"{1}\"'.",
    'Pass columns={"customer_id": ...} with another.': "Pass --column customer_id=... with another.",
    "Pass columns={...}.": "Pass --column customer_id=CustomerNo.",
    "columns= names 1 unknown columns": "--column names 1 unknown columns",
    'Pass statuses={"đã giao": "completed", "huỷ": "cancelled"}.': (
        'Pass --status "đã giao=completed" --status huỷ=cancelled.'
    ),
    'Pass merge_by=["email", "phone"].': "Pass --merge-by email --merge-by phone.",
    'Pass attributes=["city", "tỉnh"] or non_products="set_aside".': (
        "Pass --attribute city --attribute tỉnh or --non-products set_aside."
    ),
    "keep further columns with attributes=[...].": "keep further columns with --attribute City.",
    "Pass history_start='2024-01-01'.": "Pass --history-start 2024-01-01.",
    'unreadable="set_aside" to go on; orders.set_aside("unreadable_date") then shows them.': (
        '--unreadable set_aside to go on; orders.set_aside("unreadable_date") in a notebook then '
        "shows them."
    ),
    "Compare some of orders.set_aside('midnight_shift') with the shop.": (
        "Compare some of orders.set_aside('midnight_shift') in a notebook with the shop."
    ),
    "or pass people= with customer_id": "or pass --people with customer_id",
    'Pass margin=1 for the whole amount, or people="people.csv".': (
        "Pass --margin 1 for the whole amount, or --people people.csv."
    ),
    "Give both: at_risk_after_days= and lapsed_after_days=.": (
        "Give both: --at-risk-after-days and --lapsed-after-days."
    ),
    "people: a.csv cannot be mapped. Name it: columns={'email': ...}.": (
        "people: a.csv cannot be mapped. Name it: columns={'email': ...}. These are arguments of "
        "rt.read_people(); to the command say it in the file itself: call the columns customer_id, email, "
        "phone, first_seen_at, and write days as 2024-12-31."
    ),
    "Nothing to change: 'decimal=' is a header, x.decimal=1 is not ours.": (
        "Nothing to change: 'decimal=' is a header, x.decimal=1 is not ours."
    ),
}


# examples


@pytest.mark.parametrize("message", SAID)
def test_arguments_are_said_as_options(message: str) -> None:
    assert command_words(message) == SAID[message]


def test_what_has_no_option_stands_in_the_settings() -> None:
    message = 'Pass zero_amounts="set_aside" or decimal=",".'
    assert command_words(message) == 'Pass zero_amounts="set_aside" or --decimal ",".'
    assert settings_hint(message) == (
        "Write into retention.toml, which `retention init FOLDER --source FILE` makes: zero_amounts."
    )
    assert settings_hint('Pass decimal=",".') == ""


# laws


def test_every_argument_of_the_reader_is_known() -> None:
    arguments = set(inspect.signature(rt.read_orders).parameters) - {"source"}
    assert arguments | set(CHOSEN) == {*OPTIONS, *IN_SETTINGS}


def test_every_option_is_said_as_the_command_takes_it() -> None:
    init: Any = typer.main.get_command(cli.app).commands["init"]
    taken = {each.name: each.opts[0] for each in init.params}
    assert {name: taken[name] for name in OPTIONS} == OPTIONS
