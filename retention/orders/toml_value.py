"""Values and comments as TOML takes them."""

from __future__ import annotations

import json
import re

_CONTROL = re.compile("[\x00-\x1f\x7f]+")


def toml_value(value: object) -> str:
    """JSON's text, numbers and lists are TOML's, too."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    # JSON leaves the control character DEL as it is, TOML does not take it.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_comment(words: str) -> str:
    """Words in one line, without the control characters that no comment may hold."""
    return " ".join(_CONTROL.sub(" ", words).split())
