"""The pages of the reference: every public name, layer by layer, from its docstring."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import retention

LAYERS = {
    "orders": ("Orders", "Read, check, repair; sample and simulated data."),
    "tables": ("Tables", "What did happen: counts, shares, sums."),
    "models": ("Models", "What is not yet known: parameters, probabilities, the future."),
    "actions": ("Actions", "Whom to contact, and whether it worked."),
    "charts": (
        "Charts",
        "A table in, a picture out: `plot_...` draws, `describe_...` goes into a deck.",
    ),
    "export": ("Export", "Files for others: decks, workbooks, audiences, reports."),
    "errors": ("Errors", "What is refused, and why."),
}
# The one name of the engine is a setting of how orders are read; the language is that of charts.
HOMES = {"engine": "orders", "session_language": "charts"}


def homes() -> dict[str, str]:
    """Public name -> where it is defined, which is also its anchor on the site."""
    return {name: f"{module_of(name)}.{name}" for name in retention.__all__}


def layer_pages() -> dict[str, str]:
    """File name -> page."""
    return {f"{layer}.md": "".join(page(layer)) for layer in LAYERS}


def names_of(layer: str) -> list[str]:
    found = [name for name in retention.__all__ if layer_of(name) == layer]
    return sorted(found) if layer == "charts" else found


def page(layer: str) -> Iterator[str]:
    title, about = LAYERS[layer]
    names = names_of(layer)
    yield f"# {title}\n\n{about}\n\n| name | what it is |\n|---|---|\n"
    for name in names:
        first = (inspect.getdoc(getattr(retention, name)) or "").splitlines()[0]
        yield f"| [`{name}`][{homes()[name]}] | {first} |\n"
    yield from (f"\n::: {homes()[name]}\n" for name in names)


def layer_of(name: str) -> str:
    layer = module_of(name).split(".")[1]
    return HOMES.get(layer, layer)


def module_of(name: str) -> str:
    return str(getattr(retention, name).__module__)
