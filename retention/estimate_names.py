"""The part of the glossary that is about estimates: dtype, unit and meaning, as in `names.py`."""

from __future__ import annotations

_STR, _INT, _NULL_INT, _FLOAT, _BOOL, _TIME = (
    "str",
    "int64",
    "Int64",
    "float64",
    "bool",
    "datetime64[us]",
)

ESTIMATES: dict[str, tuple[str, str, str]] = {
    # fits
    "parameter": (_STR, "text", "Name of the parameter."),
    "estimate": (_FLOAT, "model", "Maximum likelihood estimate, in the unit of the input."),
    "std_error": (_FLOAT, "model", "Standard error."),
    "model": (_STR, "text", "Name of the model."),
    "log_likelihood": (_FLOAT, "nats", "Total log-likelihood, in the unit of the input."),
    "aic": (_FLOAT, "nats", "Akaike's criterion."),
    "bic": (_FLOAT, "nats", "Schwarz's criterion."),
    "distinct_rows": (_INT, "rows", "Distinct customers' histories behind the fit."),
    "is_converged": (_BOOL, "", "Whether the Newton decrement is below 1e-6."),
    "decrement": (_FLOAT, "nats", "Newton decrement: what another step could still gain."),
    "limit": (_STR, "text", "The nested model at the boundary, empty if none."),
    "time_unit_days": (_FLOAT, "days", "Days in one unit of the input's time."),
    "p_alive": (_FLOAT, "0..1", "Chance that the customer has not left for good."),
    "p_order": (_FLOAT, "0..1", "Chance of at least one order within the horizon."),
    "expected_orders": (_FLOAT, "purchase days", "Expected purchase days within the horizon."),
    "orders_low": (
        _INT,
        "purchase days",
        "Count of purchase days with at most 5 % below it.",
    ),
    "orders_high": (
        _INT,
        "purchase days",
        "Count of purchase days with at most 5 % above it.",
    ),
    "expected_order_value": (_FLOAT, "currency", "Expected net amount of a purchase day."),
    "p_orders": (_FLOAT, "0..1", "Chance of exactly that many repeat purchase days."),
    "expected_value": (_FLOAT, "currency", "Expected net amount within the horizon."),
    "clv": (_FLOAT, "currency", "Expected margin within the horizon, discounted."),
    "clv_low": (_FLOAT, "currency", "Margin that will in fact come: 5 % lie below."),
    "clv_high": (_FLOAT, "currency", "Margin that will in fact come: 5 % lie above."),
    "p_no_order": (_FLOAT, "0..1", "Chance of no order within the horizon."),
    "p_order_if_just_bought": (_FLOAT, "0..1", "The p_order of the same customer with silence 0."),
    "usual_gap_days": (_FLOAT, "days", "Expected gap while alive: (T + alpha)/(r + frequency)."),
    "overdue_ratio": (_FLOAT, "ratio", "Days since the last order over the usual gap."),
    "band": (_STR, "low, medium, high, gone", "How much of the chance silence has taken."),
    "value_at_risk": (_FLOAT, "currency", "Expected net amount that silence has taken."),
    "horizon_days": (_INT, "days", "How far the estimate looks ahead."),
    # back-tests
    "cut": (_TIME, "date", "Last day of which a forecast knew anything."),
    "holdout_days": (_INT, "days", "How far forecasts looked ahead from the cut."),
    "actual_orders": (_INT, "purchase days", "Purchase days that came within the horizon."),
    "log_score": (_FLOAT, "nats", "Mean log of the chance given to what came; higher is better."),
    "rmse": (_FLOAT, "purchase days", "Root of the mean squared error."),
    "mae": (_FLOAT, "purchase days", "Mean absolute error; forecasting 0 wins it."),
    "calibration_slope": (_FLOAT, "ratio", "Slope of what came on what was expected; 1 is right."),
    "brier": (_FLOAT, "0..1", "Mean squared error of the chance of an order; lower is better."),
    "auc": (_FLOAT, "0..1", "Chance that one who bought was given more than one who did not."),
    "top_decile_lift": (_FLOAT, "ratio", "Orders of the highest tenth over a tenth of all orders."),
    "coverage_90": (_FLOAT, "0..1", "Share of outcomes inside the 90 % interval (randomised PIT)."),
    "rank": (_NULL_INT, "1..", "Place by log score, ties by rmse; null without a forecast."),
    "loses_to": (_STR, "text", "Those better by more than two standard errors, at this cut."),
    "is_baseline": (_BOOL, "", "Whether it is a simple rule rather than a model."),
}
