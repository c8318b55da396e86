"""The gallery: every chart of the package, from the sample, as a picture and as a slide."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

import retention as rt

HEAD = """---
hide: [toc]
---

# Gallery

Every chart of the package, made from the sample when this site was built: on the left as
`plot_...` draws it, on the right the slide that `Deck.add` makes of `describe_...`. Charts on slides
are PowerPoint's own, with their numbers inside, and can be edited there. Titles are computed.

"""
WITHOUT = "LibreOffice (`soffice`) was not found when this site was built, so the slides are left out.\n\n"
# Those that the README shows.
README = {
    "cohorts": "cohort_heatmap",
    "repurchase": "repurchase_curve_3",
    "value": "customer_value",
    "slide": "customer_value_slide",
}
# What the charts below are drawn from; each call stands under its chart.
PREPARE = """
import pandas as pd
import retention as rt

orders, people, touches = rt.sample_orders(), rt.sample_people(), rt.sample_touches()
customers = rt.customer_summary(orders)
fit, spend = rt.fit_mbg_nbd(customers), rt.fit_gamma_gamma(customers)

cells = rt.cohort_retention(orders)
quarters = rt.cohort_retention(orders, period="quarter")
pooled = rt.pooled_retention(cells)
channels = rt.cohort_retention(orders, by="channel", period="quarter")
changed = rt.decompose_change(channels, before="2024-Q1", after="2025-Q1")
value = rt.cohort_value(orders)
curve = rt.repurchase_curve(orders)
known = rt.read_orders(rt.simulate_repurchases(), as_of="2024-12-30")
paid = rt.acquisition_payback(orders, costs=rt.sample_costs(), margin=0.3, period="quarter")
lapse = rt.choose_lapse(orders)
growth = rt.growth_accounting(orders)
risk = rt.churn_risk(orders, fit, spend_fit=spend)
waiting = risk[risk["band"].isin(["medium", "high"])]
first = waiting.nlargest(1, "value_at_risk")["customer_id"].iloc[0]
early = rt.fit_mbg_nbd(rt.customer_summary(orders, as_of="2025-03-31"))
tracked = rt.tracking(orders, early, fitted_until="2025-03-31")
worth = rt.customer_value(customers, fit, spend, margin=0.3)
forecast = rt.forecast(orders, fit, spend, horizon_days=180)

then = orders.as_of - pd.Timedelta(days=60)
before = rt.customer_value(rt.customer_summary(orders, as_of=then), fit, spend)
split = rt.assign_holdout(before, salt="rehearsal", planned_at=then + pd.Timedelta(days=1), share=0.3)
lift = rt.campaign_lift(orders, split, window_days=59)
"""
# The name after plot_ and describe_, and what goes in, question by question.
CHARTS: dict[str, list[tuple[str, str]]] = {
    "Your orders": [("audit", "orders.audit"), ("purchase_days", "customers")],
    "Cohorts": [
        ("cohort_heatmap", "quarters, pooled=rt.pooled_retention(quarters)"),
        ("retention_curves", "cells, pooled=pooled"),
        ("group_difference", 'rt.compare_groups(orders, group="2024-06")'),
        ("rate_change", "changed"),
        ("rate_change", 'changed, steps="segments"'),
        ("year_on_year", "rt.year_on_year(cells)"),
        ("cumulative_value", "value"),
        ("layer_cake", "value"),
        ("acquisition_payback", "paid"),
    ],
    "Repurchase": [
        ("repurchase_curve", "curve"),
        ("repurchase_curve", "curve, order_number=None"),
        ("repurchase_curve", 'rt.repurchase_curve(known), beside="naive"'),
        ("repurchase_intervals", "rt.repurchase_intervals(orders)"),
        ("repurchase_ladder", "rt.repurchase_ladder(orders)"),
        ("repurchase_hazard", "rt.repurchase_hazard(orders)"),
        ("next_product", "rt.next_product(orders)"),
        ("next_product", 'rt.next_product(orders, item="category"), value="lift"'),
        ("time_to_first_order", "rt.time_to_first_order(orders, touches=touches)"),
    ],
    "Life cycle": [
        ("lapse_tradeoff", "lapse"),
        ("lapse_tradeoff", 'lapse, value="errors"'),
        ("lifecycle_stages", "rt.lifecycle_stages(orders, people=people)"),
        ("stage_counts", "rt.stage_counts(orders, people=people)"),
        ("stage_flow", "rt.stage_flow(orders, people=people)"),
        ("lifecycle_rates", "rt.lifecycle_rates(orders, people=people)"),
        ("rate_history", 'rt.lifecycle_rates(orders, people=people, period="month")'),
        ("group_rates", 'rt.lifecycle_rates(orders, by="channel")'),
        ("growth_accounting", "growth"),
        ("growth_accounting", 'growth, value="money"'),
        ("rfm_grid", "rt.rfm(orders)"),
        ("lorenz_curve", "rt.lorenz_curve(orders)"),
    ],
    "Churn risk": [
        ("recency_frequency", "rt.recency_frequency(customers, fit)"),
        ("alive_history", "rt.alive_history(orders, fit, customer_id=first)"),
        ("churn_risk", "risk"),
        ("churn_list", "waiting"),
    ],
    "Customer value": [
        ("frequency_fit", "rt.frequency_fit(customers, fit)"),
        ("tracking", "tracked"),
        ("tracking", 'tracked, measure="cumulative"'),
        ("calibration", "rt.calibration(orders, holdout_days=180)"),
        ("backtest", "rt.backtest(orders, holdout_days=180, cuts=2)"),
        ("customer_value", "worth"),
        ("forecast", "forecast"),
        ("forecast", 'forecast, measure="cumulative_orders"'),
        ("value_of_retention", "rt.value_of_retention(customers, fit, spend, margin=0.3)"),
    ],
    "Audiences": [
        (
            "contact_economics",
            "rt.contact_economics(worth, cost_per_contact=3000, margin=0.3, uplift=0.05)",
        ),
        ("message_response", "rt.message_response(orders, touches=touches)"),
        ("campaign_lift", "lift"),
        ("campaign_lift", 'lift, measure="amount_per_customer"'),
    ],
}


def write_gallery(folder: Path) -> str:
    """Draw all of it into `folder`, and return the page that shows it."""
    names: dict[str, Any] = {}
    exec(PREPARE, names)
    deck = rt.Deck(language="en")
    # A list of many rows takes several slides, of which the first is shown.
    slides: dict[str, int] = {}
    for name, given in charts():
        draw(name, given, names, folder)
        slides[shot(name, given)] = len(deck)
        deck.add(eval(f"rt.describe_{name}({given})", names), name=shot(name, given))
    has_slides = write_slides(deck, slides, folder)
    return page(has_slides)


def charts() -> list[tuple[str, str]]:
    return [each for part in CHARTS.values() for each in part]


def shot(name: str, given: str) -> str:
    """The name of a chart's picture; a second one of the same function has a number."""
    same = [other for other in charts() if other[0] == name]
    place = same.index((name, given))
    return f"{name}_{place + 1}" if place else name


def draw(name: str, given: str, names: dict[str, Any], folder: Path) -> None:
    with rt.use_style():
        axes = eval(f"rt.plot_{name}({given})", names)
        axes.figure.savefig(folder / f"{shot(name, given)}.png", dpi=110)
        plt.close(axes.figure)


def write_slides(deck: rt.Deck, slides: dict[str, int], folder: Path) -> bool:
    """Whether LibreOffice was there to turn the deck into pictures, each named as its chart."""
    office = shutil.which("soffice")
    if office is None:
        return False
    # Of the group `docs`: the list of charts is tested without it.
    import pypdfium2

    with tempfile.TemporaryDirectory() as made:
        path = deck.save(Path(made) / "gallery.pptx")
        profile = f"-env:UserInstallation={(Path(made) / 'profile').as_uri()}"
        words = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", made, str(path)]
        subprocess.run(words, check=True, capture_output=True, timeout=170)
        with pypdfium2.PdfDocument(path.with_suffix(".pdf")) as pages:
            for name, place in slides.items():
                picture = pages[place].render(scale=1).to_pil()
                picture.save(folder / f"{name}_slide.png", optimize=True)
    return True


def page(has_slides: bool) -> str:
    parts = [HEAD, "" if has_slides else WITHOUT, code(PREPARE.strip())]
    for title, each in CHARTS.items():
        parts.append(f"## {title}\n\n")
        parts += [entry(name, given, has_slides) for name, given in each]
    return "".join(parts)


def entry(name: str, given: str, has_slides: bool) -> str:
    """One chart: its call, its picture, its slide, and its functions in the reference."""
    file, about = shot(name, given), name.replace("_", " ")
    pictures = f"| {shown(about, f'gallery/{file}.png')} |"
    head = f"| `plot_{name}` |"
    if has_slides:
        pictures += f" {shown(f'slide: {about}', f'gallery/{file}_slide.png')} |"
        head += f" `describe_{name}` on a slide |"
    line = "|---|---|" if has_slides else "|---|"
    return f"{code(f'rt.plot_{name}({given})')}{head}\n{line}\n{pictures}\n\n"


def shown(about: str, file: str) -> str:
    """A picture that opens in its full size."""
    return f"[![{about}]({file})]({file})"


def code(words: str) -> str:
    return f"```python\n{words}\n```\n\n"
