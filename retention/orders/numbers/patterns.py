"""What figures with separators prove, as regular expressions over the figures of a cell.

A kind begins with the sign it is about. Decimals: ".2" (not three of them), ".3" (three, beyond
doubt). Thousands: ".," (the comma groups them, so a point would be the decimal sign). Doubtful: ".?"
("1.255"), ".0" ("1.250"), ",4" ("1,2345" groups by four in China).
"""

from __future__ import annotations

from retention.orders.numbers.format import NumberFormat

UNITS = {"nghin": 3, "ngan": 3, "k": 3, "trieu": 6, "tr": 6, "ty": 9, "ti": 9}
POWER = r"e[-+]?\d{1,2}"
_INDIAN = r"[1-9]\d?(?:,\d{2})+,\d{3}"
# Which of the doubtful kinds are decimals after all.
COVERED = {"never": "", "trimmed": "?4", "always": "?40"}


def kinds_of(sign: str) -> dict[str, str]:
    """The kinds in which `sign`, a point or a comma, would be the decimal sign."""
    other = "," if sign == "." else "."
    point, comma = f"[{sign}]", f"[{other}]"
    groups = _groups(comma, "'", " ")
    indian = f"|{_INDIAN}" if other == "," else ""
    # Four digits after a comma may be a group of the Chinese kind, unless no group stands before it.
    four = r"(?:0\d*|\d{5,})?,\d{4}|\d*,\d{5,}" if sign == "," else r"\d*[.]\d{4,}"
    kinds = {
        f"{sign}2": rf"\d*{point}\d{{1,2}}|{four}|(?:{groups}{indian}){point}(?:\d{{1,2}}|\d{{4,}})",
        f"{sign}3": rf"(?:0\d*|\d{{4,}}|{groups}{indian})?{point}\d{{3}}",
        f"{sign}{other}": rf"[1-9]\d{{0,2}}(?:{comma}\d{{3}}){{2,}}{indian}",
        f"{sign}0": rf"[1-9]\d{{0,2}}{point}\d{{2}}0",
        f"{sign}?": rf"[1-9]\d{{0,2}}{point}\d{{2}}[1-9]",
    }
    return kinds | ({",4": r"[1-9]\d{0,3},\d{4}"} if sign == "," else {})


def readable_body(format: NumberFormat) -> str:
    """All figures that a format covers: whole, grouped, with decimals, or with a power of ten."""
    sign, gaps = format.decimal, ("'", " ")
    if sign is None:
        return rf"{_groups(*gaps)}|\d+(?:{POWER})?"
    other = "," if sign == "." else "."
    decimals = [
        pattern
        for kind, pattern in kinds_of(sign).items()
        if kind[1] in f"23{other}{COVERED[format.thousandths]}"
    ]
    whole = _groups(f"[{other}]", *gaps)
    return "|".join([*decimals, whole, rf"\d+(?:[{sign}]\d+)?{POWER}", r"\d+"])


def _groups(*gaps: str) -> str:
    return "|".join(rf"[1-9]\d{{0,2}}(?:{gap}\d{{3}})+" for gap in gaps)
