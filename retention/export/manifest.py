"""What lies beside a file for others: how it came about, and nothing about anybody in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

MASK = "***"
# Addresses and phones, however they are cut; days and amounts begin otherwise.
_CONTACT = re.compile(
    r"[^\s'\"@]+@[^\s'\"@]+"
    r"|(?<![\w.])(?:\+\d|0\d)(?:[\s.()-]{0,2}\d){7,}"
    r"|(?<![\w.])84[35789](?:[\s.()-]{0,2}\d){8}(?!\d)"
)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_PERSONAL = (
    "customer_id",
    "email",
    "mail",
    "phone",
    "name",
    "address",
    "tên",
    "điện thoại",
    "địa chỉ",
)


def manifest_of(
    audience: pd.DataFrame,
    file: Path,
    *,
    platform: str,
    columns: list[str],
    counts: Mapping[str, Any],
) -> str:
    """The manifest of a written file, as JSON text.

    Parameters
    ----------
    audience
        The table that the file was made of; its `attrs` say the rule, the day and who was left out.
    file
        The file as written, to be hashed.
    platform, columns
        For whom it is, and its header.
    counts
        rows, and left_out by reason; added to what the audience says itself.

    Returns
    -------
    str
        JSON. Contacts and ids that stand in the rule are masked.

    Notes
    -----
    The trap: the hash is that of the whole file; opening and saving it in a spreadsheet changes it.
    """
    attrs = audience.attrs
    as_of = attrs.get("as_of")
    told = attrs.get("left_out")
    earlier = told if isinstance(told, Mapping) else {}
    said = {
        "platform": platform,
        "rule": _masked(attrs.get("where"), audience),
        "audiences": _audiences(audience),
        "as_of": None if as_of is None else str(as_of),
        **counts,
        "left_out": _counted(earlier, counts["left_out"]),
        "columns": columns,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    return json.dumps(said, ensure_ascii=False, indent=2, default=str) + "\n"


def _counted(told: Mapping[Any, Any], ours: Mapping[str, int]) -> dict[str, Any]:
    """Counts by reason, of several audiences perhaps; what both say is added up."""
    counts: dict[str, Any] = {
        str(reason): _counted(count, {}) if isinstance(count, Mapping) else int(count)
        for reason, count in told.items()
    }
    return counts | {reason: counts.get(reason, 0) + count for reason, count in ours.items()}


def _audiences(audience: pd.DataFrame) -> list[str]:
    if "audience" not in audience.columns:
        return []
    return sorted({str(name) for name in audience["audience"].dropna().unique()})


def _masked(rule: Any, audience: pd.DataFrame) -> Any:
    """The rule, texts and lists and mappings of them, with nobody's contact, id or name in it."""
    names = [
        name for name in audience.columns if any(word in str(name).lower() for word in _PERSONAL)
    ]
    # Cells are many, and a rule names few: these are looked for.
    quoted = {one for text in _texts(rule) for pair in _QUOTED.findall(text) for one in pair}
    columns = [audience[name].astype("str") for name in names] if quoted else []
    cells = {cell for column in columns for cell in column[column.isin(quoted)]}
    return _without(rule, _compared(names), cells)


def _texts(rule: Any) -> Iterator[str]:
    parts = rule.values() if isinstance(rule, Mapping) else rule
    if isinstance(rule, str):
        yield rule
    elif isinstance(rule, (Mapping, list, tuple)):
        for part in parts:
            yield from _texts(part)


def _without(rule: Any, compared: re.Pattern[str], cells: set[str]) -> Any:
    if isinstance(rule, Mapping):
        return {str(name): _without(part, compared, cells) for name, part in rule.items()}
    if isinstance(rule, (list, tuple)):
        return [_without(part, compared, cells) for part in rule]
    if not isinstance(rule, str):
        return rule
    # Quoted cells first, while the quotes of the rule still pair up as they were looked for.
    hidden = _QUOTED.sub(lambda found: MASK if (found[1] or found[2]) in cells else found[0], rule)
    hidden = compared.sub(lambda found: f"{found[1]}{MASK}", hidden)
    return _CONTACT.sub(MASK, hidden)


def _compared(names: Sequence[object]) -> re.Pattern[str]:
    """What a personal column is compared with: a value, or a list of them."""
    listed = "|".join(re.escape(str(name)) for name in ("customer_id", *names))
    signs = r"`?\s*(?:==|!=|<=|>=|<|>|\bnot\s+in\b|\bin\b)\s*"
    values = r"\[[^\]]*\]|\([^)]*\)|'[^']*'|\"[^\"]*\"|[^\s)&|]+"
    return re.compile(rf"((?<!\w)(?:{listed}){signs})(?:{values})")
