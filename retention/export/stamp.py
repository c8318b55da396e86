"""The stamp on everything that we put on a slide, so that a later version finds it again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import NoneType
from typing import Any

from retention.export.mark import mark
from retention.files import UNWRITABLE

PREFIX = "retention:"
# The stamp stands last in the alternative text, after the words for a screen reader.
STAMP = re.compile(r"\[retention\]\s*(\{.*\})\s*$", re.DOTALL)

# Fields of the stamp that are no text.
_TYPES: dict[str, type | tuple[type, ...]] = {
    "as_of": (str, NoneType),
    "page": int,
    "pages": int,
    "notes": (tuple, NoneType),
    "looks": dict,
}


@dataclass(frozen=True)
class Stamp:
    """What a shape shows: the function behind it, the call, the as-of date and its part.

    `part` is "content" for the chart, table or picture itself, else the name of the text box;
    `page` counts the slides of one content from 1 to `pages`. `slot` names the content among those
    of its deck, `heading` is its own title. `words` and `alt` are marks of the texts as written,
    `notes` mark and number of our paragraphs in the notes, `looks` what the shape looked like: by
    them an edit is told from what we wrote. `deck` holds marks of all contents of the deck.
    """

    key: str
    call: str = ""
    as_of: str | None = None
    part: str = "content"
    page: int = 1
    pages: int = 1
    slot: str = ""
    heading: str = ""
    words: str = ""
    alt: str = ""
    notes: tuple[str, int] | None = None
    deck: str = ""
    looks: Mapping[str, Any] = field(default_factory=dict)


def stamp_shape(shape: Any, stamp: Stamp, *, alt_text: str = "") -> None:
    """Write name and alternative text of a shape, in place.

    Parameters
    ----------
    shape
        A python-pptx shape.
    stamp
        What the shape shows.
    alt_text
        What a screen reader says first.

    Notes
    -----
    The trap: a copy made by hand in PowerPoint carries the same stamp.
    """
    part = "" if stamp.part == "content" else f":{stamp.part}"
    marked = shape._element._nvXxPr.cNvPr
    marked.set("name", UNWRITABLE.sub("", f"{PREFIX}{stamp.key}{part}"))
    values = asdict(stamp if stamp.alt or not alt_text else replace(stamp, alt=mark(alt_text)))
    # What says nothing is left out: the text is read aloud.
    said = {name: value for name, value in values.items() if value not in ("", None, {})}
    words = json.dumps(said, ensure_ascii=False)
    marked.set("descr", UNWRITABLE.sub("", f"{alt_text}\n\n[retention] {words}".strip()))


def read_stamp(shape: Any) -> Stamp | None:
    """The stamp of a shape; None for shapes of others.

    Parameters
    ----------
    shape
        A python-pptx shape, from a file that was opened again.

    Returns
    -------
    Stamp or None
        What `stamp_shape` wrote.

    Notes
    -----
    The trap: only the alternative text counts; the name alone can be anybody's.

    Examples
    --------
    >>> from pptx import Presentation
    >>> slides = Presentation()
    >>> box = slides.slides.add_slide(slides.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9)
    >>> stamp_shape(box, Stamp("cohort_retention", as_of="2024-12-31"), alt_text="A chart.")
    >>> box.name, read_stamp(box).as_of
    ('retention:cohort_retention', '2024-12-31')
    """
    found = STAMP.search(shape._element._nvXxPr.cNvPr.get("descr") or "")
    if found is None:
        return None
    try:
        values = json.loads(found.group(1))
    except json.JSONDecodeError:
        return None
    known = {name: values[name] for name in Stamp.__dataclass_fields__ if name in values}
    if isinstance(known.get("notes"), list):
        known["notes"] = tuple(known["notes"])
    is_whole = all(isinstance(value, _TYPES.get(name, str)) for name, value in known.items())
    return Stamp(**known) if "key" in known and is_whole else None
