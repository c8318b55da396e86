"""What to do about cells in which no date could be read."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from retention.engine.connection import store
from retention.orders.dates.evidence import gather
from retention.orders.dates.families import families_of
from retention.orders.dates.format import DateFormat
from retention.orders.dates.given import BAR
from retention.orders.dates.patterns import FORMATS
from retention.orders.dates.proof import Proof, prove
from retention.orders.dates.values import different_values

_SWAP = str.maketrans("dm", "md")


def date_advice(cells: Sequence[str], chosen: DateFormat | None = None) -> str:
    """One clause on how to go on with unreadable cells, such as `pass date_format="%d/%m/%Y"`.

    `chosen` is how the rest of the column is read: what is advised reads both.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return "fill them in at the source (they are empty)"
    values = different_values(store(pa.table({"cell": filled})).cell, is_full=True)
    families = families_of(values, FORMATS)
    proofs = [prove(family, gather(values, family)) for family in families]
    readable = [proof for proof in proofs if proof.count]
    if readable:
        return _read_as(max(readable, key=lambda proof: proof.count), chosen)
    what = "there is no such day" if families else "they are no dates"
    return f"mend them at the source ({what})"


def _read_as(proof: Proof, chosen: DateFormat | None) -> str:
    used = chosen.text.split(BAR) if chosen and chosen.text else []
    turned = proof.name.translate(_SWAP)
    if turned != proof.name and turned in used:
        return "mend them at the source (day and month stand in the other order)"
    options = [BAR.join(dict.fromkeys([*used, name])) for name in (proof.name, *proof.unlike)]
    return "pass " + " or ".join(f'date_format="{option}"' for option in options)
