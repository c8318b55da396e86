"""The pages of the reference: every public name, layer by layer, from its docstring."""

from __future__ import annotations

import importlib
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
# What its functions return and no public name says: class -> what of it to show.
FITS = {
    "retention.models.fitted_orders.FittedOrders": (
        "sentence", "parameters", "summary", "profile", "predict", "alive_ahead", "simulate",
        "expected_new_orders", "order_counts", "to_json", "to_lifetimes",
    ),
    "retention.models.beta_geometric_fit.BetaGeometricFit": ("from_json",),
    "retention.models.pareto_fit.ParetoFit": ("from_json",),
    "retention.models.regular_fit.RegularFit": ("from_json",),
    "retention.models.gamma_gamma_fit.GammaGammaFit": (
        "sentence", "parameters", "summary", "profile", "predict", "population_mean", "to_json",
        "from_json", "to_lifetimes",
    ),
    "retention.models.fit_by_group.GroupedFit": ("sentence", "test", "summary", "predict"),
}  # fmt: skip
CLASSES = {"models": FITS}
OF_FITS = """
## What fits can do

`fit_...` return what follows. Fits of orders can do all that `FittedOrders` shows, and
`type(fit).from_json(saved)` reads back what `fit.to_json()` wrote.
"""
# What the examples of a layer are run after, beside pandas and the public names.
ALSO = {
    "models": "import numpy as np\n",
    "charts": "from retention.charts.style import figure_size\n",
    "export": "from pathlib import Path\n",
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
    names, classes = names_of(layer), CLASSES.get(layer, {})
    yield f"# {title}\n\n{about}\n\n"
    if any(">>>" in (inspect.getdoc(getattr(retention, name)) or "") for name in names):
        yield f"Examples are run after these lines:\n\n```python\n{before(layer)}```\n\n"
    yield "| name | what it is |\n|---|---|\n"
    for home in [*(homes()[name] for name in names), *classes]:
        yield f"| [`{home.rpartition('.')[2]}`][{home}] | {first_line(home)} |\n"
    yield from (f"\n::: {homes()[name]}\n" for name in names)
    yield OF_FITS if classes else ""
    for home, members in classes.items():
        yield f"\n::: {home}\n    options:\n      members: [{', '.join(members)}]\n"


def before(layer: str) -> str:
    """What the examples of a layer need, as it is typed at their top."""
    return f"{ALSO.get(layer, '')}import pandas as pd\n\nfrom retention import *\n"


def first_line(home: str) -> str:
    module, _, name = home.rpartition(".")
    found = inspect.getdoc(getattr(importlib.import_module(module), name))
    return (found or "").splitlines()[0]


def layer_of(name: str) -> str:
    layer = module_of(name).split(".")[1]
    return HOMES.get(layer, layer)


def module_of(name: str) -> str:
    return str(getattr(retention, name).__module__)
