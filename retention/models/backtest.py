"""Every model at past cut dates, against simple rules and against what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, FitError
from retention.models.baselines import RULES, simple_forecast
from retention.models.count_forecast import CountForecast, ModelCounts
from retention.models.count_scores import count_scores, log_scores
from retention.models.cut import Cut, cut_at
from retention.models.cuts import Cuts, choose_cuts
from retention.models.history import FloatArray
from retention.models.interval_level import USUAL, coverage, level_that_holds
from retention.models.order_fit import check_horizon
from retention.models.order_models import DEFAULT, FITS, ModelName, model_names
from retention.models.verdict import verdict
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "model", "cut", "customers", "actual_orders", "expected_orders", "log_score", "rmse", "mae",
        "calibration_slope", "brier", "auc", "top_decile_lift", "coverage_90", "rank", "loses_to",
        "interval_level", "coverage_at_level", "is_baseline", "holdout_days", "reason",
    )
)  # fmt: skip
# Standard errors of a paired difference beyond which one forecast is called worse than another.
CLEAR = 2.0
AT_RANDOM = "Gaps are no more even than at random (k = 1), so this is MBG/NBD."


@repeatable
def backtest(
    orders: Orders | pd.DataFrame,
    *,
    models: Sequence[ModelName] = DEFAULT,
    holdout_days: int = 90,
    cuts: Cuts = 3,
    as_of: As_of = None,
) -> pd.DataFrame:
    """Forecast purchase days from past cut dates, and score the forecasts by what then came.

    At each cut, models are fitted and thresholds chosen by what was known that day. Beside them stand
    four simple rules, as distributions of counts: own_rate (frequency x horizon / max(T, 30)),
    frequency_group (the mean of the cut before by frequency 0, 1, 2, 3+), recent_orders (own purchase
    days in the horizon before the cut) and lapse_rule (the mean of the cut before, silent for longer
    than the lapse threshold or not); factor and scatter come from the cut before, which lies one
    horizon back, or half of the history where that is shorter.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    models : list of "mbg_nbd", "bg_nbd", "pareto_nbd", "mbg_cnbd_k"
    holdout_days : int, days
        How far each forecast looks ahead.
    cuts : int, or list of dates
        The last days of which anything is known: so many horizons back from the as-of date, or these.
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per cut and model or rule, best first within a cut
        model (str), cut (datetime64[us]), customers (int64, with a purchase by the cut),
        actual_orders (int64, purchase days in the horizon), expected_orders (float64), log_score
        (float64, nats per customer, higher is better), rmse, mae (float64, purchase days; forecasting
        0 wins mae, so it never ranks), calibration_slope (float64, 1 is right), brier (float64, of
        at least one order), auc (float64, 0..1), top_decile_lift (float64, orders of the highest
        tenth over a tenth of all), coverage_90 (float64, 0.9 is right), rank (Int64, by log_score,
        then rmse; null where there is no forecast), loses_to (str, those that are better by more than
        two standard errors of the paired difference), interval_level (float64, 0..1: 0.9, or where that held
        less than 85 % or more than 95 % at the cut before, the level that would have held 90 % there),
        coverage_at_level (float64, 0..1, what such intervals held here), is_baseline (bool),
        holdout_days (int64, days), reason (str, why there is no forecast). `attrs["verdict"]` says in
        words who wins.

    Raises
    ------
    ArgumentError
        If a cut leaves no history or a horizon that is not over, or a model is not known.

    Notes
    -----
    The trap: a model that is best at all customers together need not be best at the few you will call;
    look at calibration_slope and top_decile_lift as well.

    References
    ----------
    Gneiting, Raftery (2007), Strictly proper scoring rules, prediction, and estimation, Journal of the
    American Statistical Association 102 (477), 359-378.

    Examples
    --------
    >>> from retention import simulate_orders
    >>> orders = simulate_orders(customers=500, days=365, random_state=1)
    >>> table = backtest(orders, models=["mbg_nbd"], holdout_days=60, cuts=1)
    >>> sorted(table["model"])
    ['MBG/NBD', 'frequency_group', 'lapse_rule', 'own_rate', 'recent_orders']
    """
    names = model_names(models)
    given = given_orders(orders, as_of)
    horizon = check_horizon(holdout_days, "holdout_days")
    days = choose_cuts(given, cuts, holdout_days=horizon)
    seen: list[tuple[pd.Timestamp, dict[str, float]]] = []
    tables = [_scored(given, day, names, horizon, seen) for day in days]
    table = pd.concat(tables, ignore_index=True)
    table = table.astype({name: GLOSSARY[name].dtype for name in COLUMNS})[list(COLUMNS)]
    customers = int(table["customers"].iloc[-1])
    shown = [f"{day:%Y-%m-%d}" for day in days]
    table = caption(
        table,
        "backtest",
        given,
        customers=customers,
        models=names,
        holdout_days=horizon,
        cuts=shown,
    )
    table.attrs["verdict"] = verdict(table)
    return table


def _scored(
    orders: Orders,
    day: pd.Timestamp,
    names: Sequence[str],
    horizon: int,
    seen: list[tuple[pd.Timestamp, dict[str, float]]],
) -> pd.DataFrame:
    """The rows of one cut; `seen` are the cuts before, with the level that held there."""
    cut = cut_at(orders, day, horizon_days=horizon)
    found = _forecasts(orders, cut, names)
    scores = {name: each for name, each in found.items() if not isinstance(each, str)}
    rows = [_row(name, found[name], cut) for name in found]
    table = pd.DataFrame(rows).sort_values(["log_score", "rmse"], ascending=[False, True])
    table["rank"] = pd.array(range(1, len(table) + 1), dtype="Int64")
    table.loc[table["log_score"].isna(), "rank"] = None
    logs = {name: log_scores(each, cut.actual) for name, each in scores.items()}
    table["loses_to"] = [_better(name, logs, cut.weights) for name in table["model"]]
    levels = _levels_known(seen, day)
    table["interval_level"] = [levels.get(name, USUAL) for name in table["model"]]
    table["coverage_at_level"] = [
        coverage(scores[name], cut.actual, cut.weights, level=level) if name in scores else np.nan
        for name, level in zip(table["model"], table["interval_level"], strict=True)
    ]
    held = {n: level_that_holds(each, cut.actual, cut.weights) for n, each in scores.items()}
    seen.append((day + pd.Timedelta(days=horizon), held))
    return table


def _levels_known(
    seen: list[tuple[pd.Timestamp, dict[str, float]]], day: pd.Timestamp
) -> dict[str, float]:
    """The levels that held at the last cut whose outcomes were known by then."""
    known = [levels for end, levels in seen if end <= day]
    return known[-1] if known else {}


def _forecasts(orders: Orders, cut: Cut, names: Sequence[str]) -> dict[str, CountForecast | str]:
    """A forecast by each model and rule, or why there is none."""
    found: dict[str, CountForecast | str] = {}
    for name in names:
        label, make = FITS[name]
        try:
            fit = make(cut.customers)
            found[label] = _by_model(fit, cut) if getattr(fit, "k", 2) > 1 else AT_RANDOM
        except FitError as error:
            found[label] = str(error)
    before = _cut_before(orders, cut)
    for rule in RULES:
        try:
            found[rule] = simple_forecast(rule, before, cut)
        except ArgumentError as error:
            found[rule] = str(error)
    return found


def _cut_before(orders: Orders, cut: Cut) -> Cut:
    """One horizon back, or half of the history."""
    reach = min(cut.horizon_days, (cut.day - orders.history_start).days // 2)
    return cut_at(cut.known, cut.day - pd.Timedelta(days=reach), horizon_days=reach)


def _by_model(fit: Any, cut: Cut) -> ModelCounts:
    history = cut.history
    outlook = fit.outlook(history, horizon_days=cut.horizon_days)
    return ModelCounts(outlook.expected_orders, fit.settings(), history, float(cut.horizon_days))


def _row(name: str, forecast: CountForecast | str, cut: Cut) -> dict[str, Any]:
    scores = {} if isinstance(forecast, str) else count_scores(forecast, cut.actual, cut.weights)
    reason = forecast if isinstance(forecast, str) else ""
    return dict.fromkeys(COLUMNS, np.nan) | scores | {
        "model": name, "cut": cut.day, "customers": int(cut.weights.sum()),
        "actual_orders": int(cut.weights @ cut.actual), "is_baseline": name in RULES,
        "holdout_days": cut.horizon_days, "reason": reason, "loses_to": "",
    }  # fmt: skip


def _better(name: str, logs: dict[str, FloatArray], customers: FloatArray) -> str:
    """The names of those whose log score is clearly higher on the same customers."""
    if name not in logs:
        return ""
    ahead = {other: each - logs[name] for other, each in logs.items() if other != name}
    return ", ".join(other for other, each in ahead.items() if _is_clear(each, customers))


def _is_clear(difference: FloatArray, customers: FloatArray) -> bool:
    mean = np.average(difference, weights=customers)
    spread = customers @ (difference - mean) ** 2
    return bool(mean > CLEAR * np.sqrt(spread) / customers.sum())
