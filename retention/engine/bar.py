"""The progress bar that fits the place: a widget in notebooks that have them, text elsewhere."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def bar_class() -> Any:
    """What `tqdm.auto` chooses, without its warning where a notebook has no ipywidgets."""
    name = "tqdm.auto" if find_spec("ipywidgets") else "tqdm.std"
    return import_module(name).tqdm
