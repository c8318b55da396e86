"""Links between the pages of a report: they lead to pages that are there."""

from __future__ import annotations

import re
from collections.abc import Collection

LINK = re.compile(r'<a href="([^"/:]+)\.ipynb">(.*?)</a>', re.DOTALL)


def link_pages(page: str, names: Collection[str]) -> str:
    """Lead links to notebooks to their pages; of those that have none only the words are left.

    Parameters
    ----------
    page
        The page, as HTML.
    names
        The notebooks that have a page beside this one.
    """

    def linked(found: re.Match[str]) -> str:
        name, words = found.groups()
        return f'<a href="{name}.html">{words}</a>' if name in names else words

    return LINK.sub(linked, page)
