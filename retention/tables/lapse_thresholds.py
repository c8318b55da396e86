"""The thresholds of silence that a table goes by: given, or chosen from the data."""

from __future__ import annotations

from typing import NamedTuple

from retention.errors import ArgumentError, require_number
from retention.orders.orders import Orders
from retention.tables.choose_lapse import choose_lapse


class LapseThresholds(NamedTuple):
    """Days of silence after which a customer is at risk, and lapsed, and where they come from."""

    at_risk: int
    lapsed: int
    basis: str


def lapse_thresholds(orders: Orders, at_risk: int | None, lapsed: int | None) -> LapseThresholds:
    """Both as given, or else as chosen with the orders, or else by `choose_lapse`.

    Raises
    ------
    ArgumentError
        If one is given without the other, they are out of range, or none can be chosen.
    """
    if (at_risk is None) != (lapsed is None):
        raise ArgumentError(
            "at_risk_after_days, lapsed_after_days: one is given without the other. Give both or neither."
        )
    if at_risk is None:
        at_risk, lapsed = orders.choices.at_risk_after_days, orders.choices.lapsed_after_days
    if at_risk is None or lapsed is None:
        table = choose_lapse(orders)
        at_risk = int(table.loc[table["is_at_risk_threshold"], "days_silent"].iloc[0])
        lapsed = int(table.loc[table["is_lapsed_threshold"], "days_silent"].iloc[0])
        return LapseThresholds(at_risk, lapsed, str(table["threshold_basis"].iloc[0]))
    require_number("at_risk_after_days", at_risk, is_whole=True)
    require_number("lapsed_after_days", lapsed, is_whole=True)
    if not 0 < at_risk <= lapsed:
        raise ArgumentError(
            f"at_risk_after_days: {at_risk} is not between 1 and lapsed_after_days ({lapsed})."
        )
    return LapseThresholds(at_risk, lapsed, "given")


def require_loyal(loyal_orders: int) -> None:
    """Refuse a number of purchase days from which nobody could be loyal.

    Raises
    ------
    ArgumentError
        If it is no whole number from 2 on.
    """
    require_number("loyal_orders", loyal_orders, is_whole=True)
    if loyal_orders < 2:
        raise ArgumentError(
            f"loyal_orders: {loyal_orders} is not a number of purchase days from 2 on."
        )
