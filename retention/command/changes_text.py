"""What changed since the last run, in lines: the headlines, and the slides of the deck."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from retention.check_text import figure_text
from retention.texts import text


def changes_text(changes: pd.DataFrame | None) -> Iterator[str]:
    """Each headline before and now; nothing at the first run."""
    if changes is None or changes.attrs.get("before_as_of") is None:
        return
    yield text("Since {day}:", day=changes.attrs["before_as_of"])
    currency = changes.attrs.get("currency")
    rows = changes.to_dict("records")
    size = max(len(str(row["name"])) for row in rows)
    for row in rows:
        before, now = (
            figure_text(str(row["name"]), row[when], currency) for when in ("before", "now")
        )
        same = text("unchanged") if row["difference"] == 0 else f"{before} -> {now}"
        yield f"  {row['name']!s:{size}}  {same}"


def slides_text(slides: pd.DataFrame | None) -> Iterator[str]:
    """How many slides were updated, added or left, and each remark on what was kept."""
    if slides is None or slides.empty:
        return
    counts = slides["action"].value_counts(sort=False)
    told = ", ".join(f"{count} {action}" for action, count in counts.items())
    yield text("Slides: {told}.", told=told)
    for row in slides.to_dict("records"):
        if row["remark"]:
            number = "-" if pd.isna(row["slide"]) or row["slide"] == "" else int(row["slide"])
            yield f"  {number}  {row['title']}: {row['remark']}"
