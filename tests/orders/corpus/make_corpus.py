"""Write the corpus: `python tests/orders/corpus/make_corpus.py` fills the folder `files` beside it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from orders.corpus.amount_files import AMOUNT_FILES
from orders.corpus.audit_files import AUDIT_FILES, REFUSED_FILES
from orders.corpus.column_files import COLUMN_FILES
from orders.corpus.date_files import DATE_FILES
from orders.corpus.export_files import EXPORT_FILES
from orders.corpus.packed_files import PACKED_FILES
from orders.corpus.text_files import TEXT_FILES

CONTENTS: dict[str, str | bytes] = {
    **TEXT_FILES,
    **DATE_FILES,
    **AMOUNT_FILES,
    **EXPORT_FILES,
    **COLUMN_FILES,
    **AUDIT_FILES,
    **REFUSED_FILES,
    **PACKED_FILES,
}


def make_corpus(folder: Path) -> None:
    """Write every file into `folder`."""
    for name, content in CONTENTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    make_corpus(Path(__file__).with_name("files"))
