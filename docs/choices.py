"""Choices in docstrings, `{"day", "month"}`, as the site shows them: with the default of the signature.

Read as numpydoc has it, the first choice would be the default; here they stand in a natural order.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_CHOICE = re.compile(r"^( *[\w, ]+ : )\{(.+)\}(.*)$", re.M)


class Choices(griffe.Extension):
    """Take the braces away before the docstring is read."""

    def on_function(self, *, func: griffe.Function, **_: Any) -> None:
        if func.docstring:
            func.docstring.value = plain_choices(func.docstring.value)


def plain_choices(words: str) -> str:
    return _CHOICE.sub(r"\1\2\3", words)
