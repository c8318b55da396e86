"""Make and update a deck of thirty slides: `python3 dev.py bench decks`.

The slides are the first ones of the gallery, made from the sample. Prints seconds on the clock and of the
processors for the deck alone; tables and models are there before. Ten seconds are promised.
"""

from __future__ import annotations

import argparse
import runpy
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import retention as rt

GALLERY = Path(__file__).parents[1] / "docs" / "gallery.py"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slides", type=int, default=30)
    options = parser.parse_args()
    pictures = described()
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        path = Path(folder) / "deck.pptx"
        print(f"{options.slides} slides{'':23}{'clock':>9}{'processors':>12} s")
        timed("make and save", lambda: deck_of(pictures, options.slides).save(path))
        deck = deck_of(pictures, options.slides)
        timed("update", lambda: deck.update(path))
        print(f"{path.stat().st_size / 1e6:.1f} MB")


def described() -> list[Any]:
    """The pictures of the gallery, in its order."""
    gallery = runpy.run_path(str(GALLERY))
    names: dict[str, Any] = {}
    exec(gallery["PREPARE"], names)
    charts = gallery["charts"]()
    return [eval(f"rt.describe_{name}({given})", names) for name, given in charts]


def deck_of(pictures: list[Any], slides: int) -> rt.Deck:
    deck = rt.Deck(language="en")
    place = 0
    while len(deck) < slides:
        deck.add(pictures[place % len(pictures)], name=f"content {place}")
        place += 1
    return deck


def timed(name: str, work: Callable[[], object]) -> None:
    clock, processors = time.perf_counter(), time.process_time()
    work()
    spent = time.perf_counter() - clock, time.process_time() - processors
    print(f"{name:32}{spent[0]:9.1f}{spent[1]:12.1f}", flush=True)


if __name__ == "__main__":
    main()
