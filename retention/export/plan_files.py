"""A campaign as files: whom to contact, hashes for platforms, and the hold-out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from retention.actions.assign_holdout import HOLDOUT, assign_holdout
from retention.actions.customer_profile import customer_profile
from retention.actions.plan_audiences import plan_audiences, plan_summary
from retention.engine.bar import bar_class
from retention.engine.progress import bars_are_off
from retention.errors import ArgumentError, ExportError, choose, examples
from retention.export.audience import PEOPLE, write_audience
from retention.export.customer_match import PLATFORMS
from retention.export.own_files import refuse_sources
from retention.export.workshop import deliver, workshop
from retention.files import neutralise
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.orders.orders import Orders
from retention.orders.people import read_people
from retention.orders.touches import read_touches
from retention.tables.customer_summary import customer_summary
from retention.texts import text

LIST, SPLIT = "audience.xlsx", "holdout.csv"
CAMPAIGN, SHARE = "next month", 0.1


@dataclass(frozen=True)
class PlanFiles:
    """What was written, one row per audience, and counts: of the arms, and of who was left out."""

    folder: Path
    files: tuple[Path, ...]
    summary: pd.DataFrame
    arms: dict[str, int]
    left_out: dict[str, int]


def write_plan_files(
    orders: Orders, folder: str | Path, *, platforms: Sequence[str] = ()
) -> PlanFiles:
    """Write the plan of a campaign: the list of those to contact, platform files, the split.

    Parameters
    ----------
    orders
        What `read_orders` returned; its choices say the audiences, campaign, hold-out, touches, consent.
    folder
        Where the files go; made if missing.
    platforms
        Platforms that get hashed contacts, too: google, meta, tiktok, zalo.

    Returns
    -------
    PlanFiles

    Raises
    ------
    ArgumentError, FitError
        If an audience or platform cannot be made of these orders; nothing is written then.
    ExportError
        If there is a split in the folder already, which must stay as it was drawn.

    Notes
    -----
    The trap: whoever is held out is in no list, only in the split; contact nobody beside the lists.
    """
    target = Path(folder)
    _check(orders, target, platforms)
    people = read_people(orders.people) if orders.people is not None else None
    plan = _plan(orders, people)
    split = _split(orders, plan)
    held = split.loc[split["arm"] == HOLDOUT, "customer_id"]
    contacted = plan[~plan["customer_id"].isin(held)].reset_index(drop=True)
    left_out = {**plan.attrs["left_out"], "held_out": len(held)}
    rule = dict(orders.choices.audiences or _audiences())
    contacted.attrs = plan.attrs | {"left_out": left_out, "where": rule}
    with workshop(target) as shop:
        for platform in (PEOPLE, *platforms):
            name = LIST if platform == PEOPLE else f"audience_{platform}.csv"
            write_audience(contacted, shop / name, platform=platform, people=people)  # type: ignore[arg-type]
        # Excel knows the language of a CSV by the mark at its beginning.
        neutralise(split).to_csv(shop / SPLIT, index=False, encoding="utf-8-sig")
        made = sorted(shop.glob("audience*"))
        # The split last: with it the folder is taken.
        files = deliver((*made, shop / SPLIT), target)
    arms = {str(arm): int(count) for arm, count in split["arm"].value_counts().items()}
    return PlanFiles(target, files, plan_summary(plan, split=split), arms, left_out)


def _audiences() -> dict[str, str]:
    """As in notebook 06, in the language of the session."""
    return {
        text("win back"): "band in ['medium', 'high']",
        text("second order"): "stage == 'new'",
        text("thank you"): "stage == 'loyal'",
    }


def _check(orders: Orders, target: Path, platforms: Sequence[str]) -> None:
    for platform in platforms:
        choose("platform", platform, tuple(PLATFORMS))
    if platforms and orders.people is None:
        raise ArgumentError(
            f"platform: {examples(platforms)} {'matches' if len(platforms) == 1 else 'match'} by e-mail or "
            "phone, and no table of people was given. "
            'Pass people="people.csv" with customer_id, email and phone.'
        )
    if (target / SPLIT).exists():
        raise ExportError(
            f"{target / SPLIT}: the hold-out of a campaign is there already, and drawn anew it could tell "
            "nothing any more. Choose another folder for another campaign."
        )
    refuse_sources(orders, (target / name for name in _lists(platforms)))


def _lists(platforms: Sequence[str]) -> list[str]:
    return [LIST, *(f"audience_{platform}.csv" for platform in platforms)]


def _plan(orders: Orders, people: pd.DataFrame | None) -> pd.DataFrame:
    chosen = orders.choices
    with bar_class()(total=3, desc="audience", disable=bars_are_off()) as steps:
        touches = read_touches(chosen.touches) if chosen.touches else None
        customers = customer_summary(orders)
        fit, spend = fit_mbg_nbd(customers), fit_gamma_gamma(customers)
        steps.update()
        profile = customer_profile(
            orders, fit=fit, spend_fit=spend, people=people, touches=touches,
            **chosen.of("horizon_days", "consent"),
        )  # fmt: skip
        steps.update()
        plan = plan_audiences(
            profile, chosen.audiences or _audiences(), share=chosen.holdout_share or SHARE,
            **chosen.of("max_messages"),
        )  # fmt: skip
        steps.update()
    return plan


def _split(orders: Orders, plan: pd.DataFrame) -> pd.DataFrame:
    """Who is held out, of those of whom something is expected: buyers."""
    buyers = plan[plan["expected_value"].notna()]
    if buyers.empty:
        raise ArgumentError(
            f"audiences: none of {len(plan):,} on the list has bought yet, so nothing is expected of "
            "them and no hold-out can be drawn. Choose audiences with customers."
        )
    return assign_holdout(
        buyers, salt=orders.choices.campaign or CAMPAIGN, planned_at=buyers["contact_from"].min(),
        share=orders.choices.holdout_share or SHARE, by="audience",
    )  # fmt: skip
