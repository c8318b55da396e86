"""Docstrings as the site shows them: choices, `{"day", "month"}`, with the default of the signature.

Read as numpydoc has it, the first choice would be the default; here they stand in a natural order. What
something is stands in a box of code already, where backticks would show.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_CHOICE = re.compile(r"^( *[\w, ]+ : )\{(.+)\}(.*)$", re.M)
# What a parameter is, and the first line of what is returned.
_KIND = re.compile(r"^(?: *[\w, *]+ : .*`.*| *Returns\n *-+\n.*`.*)$", re.M)


class Choices(griffe.Extension):
    """Take the braces and the backticks away before the docstring is read."""

    def on_function(self, *, func: griffe.Function, **_: Any) -> None:
        if func.docstring:
            func.docstring.value = plain_kinds(plain_choices(func.docstring.value))


def plain_choices(words: str) -> str:
    return _CHOICE.sub(r"\1\2\3", words)


def plain_kinds(words: str) -> str:
    return _KIND.sub(lambda found: found[0].replace("`", ""), words)
