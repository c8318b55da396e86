"""Write a `retention.toml`: the reading of a source, so that every notebook repeats it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retention.files import atomic_path
from retention.orders.orders import Orders
from retention.orders.settings_text import settings_text
from retention.orders.toml_value import toml_comment, toml_value


def write_settings(
    path: Path, *, source: Path | Sequence[Path], options: Mapping[str, Any]
) -> Path:
    """Write source and options; the source's path is absolute, so that the file may be moved."""
    with atomic_path(path) as temporary:
        temporary.write_text(settings_text(source, options), encoding="utf-8")
    return path


# What no source says: key, an example, and what it is for.
HINTS = (
    ("language", '"vi"', 'of charts and slides; or "en"'),
    ("horizon_days", "365", "how far value and risk look ahead"),
    ("margin", "0.3", "what is left of an amount after variable costs"),
    ("annual_discount_rate", "0.1", "by how much money a year from now is worth less"),
    ("at_risk_after_days", "90", "days of silence; give both, or let the data choose"),
    ("lapsed_after_days", "180", ""),
    ("people", '"people.csv"', "customer_id, email, phone, and who never bought"),
    ("touches", '"touches.csv"', "messages, clicks, wish lists"),
    ("consent", '"newsletter"', "column of the people that says who may be contacted"),
    ("template", '"company.potx"', "for slides"),
    ("footer", '"ACME, internal"', "in the small print of slides"),
    ("campaign", '"tet"', "another name draws another hold-out"),
    ("holdout_share", "0.1", "left alone on purpose"),
    ("max_messages", "4", "whoever was sent more in 30 days is left alone"),
)
HEAD = """# What the notebooks and the command `retention` read. Paths are relative to this file.
# Next month, put the new file in place of the source, or name it here: "new.csv", "2025/*.csv".
"""
AUDIENCES = """
# Whom to contact, the most important first; without this the notebook's own three.
# [audiences]
# "win back" = "band in ['medium', 'high']"
"""


def first_settings(orders: Orders) -> str:
    """A `retention.toml` that repeats a reading, with the reasons and what else could be said.

    The last day is left out unless it was given, so that next month's file is read to its own.
    """
    call = orders.settings()
    written = (call if orders.options.as_of else call.undated()).toml()
    keys, bracket, tables = written.partition("\n[")
    said = {line.partition(" =")[0] for line in keys.splitlines()}
    hints = [_hint(*hint) for hint in (*_further(orders), *HINTS) if hint[0] not in said]
    reasons = dict(zip(orders.mapping["column"], orders.mapping["reason"], strict=True))
    more = "" if orders.choices.audiences else AUDIENCES
    about = "# What you know of your shop, and no file says; take the # away."
    return (
        "\n".join([HEAD + keys, about, *hints, ""])
        + _with_reasons(bracket + tables, reasons)
        + more
    )


def _further(orders: Orders) -> list[tuple[str, str, str]]:
    """The columns that nobody uses, by which customers could be compared."""
    others = [str(name) for name in orders.mapping.attrs.get("not_used", [])]
    return (
        [("attributes", toml_value(others), "further columns to compare customers by")]
        if others
        else []
    )


def _hint(key: str, example: str, about: str) -> str:
    return f"# {key} = {example}" + (f"  # {about}" if about else "")


def _with_reasons(tables: str, reasons: Mapping[str, str]) -> str:
    """Behind each column why it was taken."""
    return re.sub(
        r'(?m)^"(\w+)" = .*$',
        lambda found: _reasoned(found[0], reasons.get(found[1], "")),
        tables,
    )


def _reasoned(line: str, reason: str) -> str:
    return f"{line}  # {toml_comment(reason)}" if reason else line
