"""Small tables in the shape of the package's own, and a drawing canvas without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

# The boxes of leaning words overlap although the words do not.
_LEANING = " leaning"


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def cells() -> pd.DataFrame:
    """Three cohorts of 100, 10 and 80; as of 2024-04-15, so that the last cells are partial."""
    rows = [
        ("2024-01-01", 0, 100, 100, 1.0, True, True),
        ("2024-01-01", 1, 100, 20, 0.2, True, True),
        ("2024-01-01", 2, 100, 10, 0.1, True, True),
        ("2024-01-01", 3, 100, 4, 0.04, False, True),
        ("2024-02-01", 0, 10, 10, 1.0, True, False),
        ("2024-02-01", 1, 10, 5, 0.5, True, False),
        ("2024-02-01", 2, 10, 1, 0.1, False, False),
        ("2024-03-01", 0, 80, 80, 1.0, True, False),
        ("2024-03-01", 1, 80, 4, 0.05, False, False),
    ]
    names = ["cohort", "age", "cohort_size", "returned", "retention_rate"]
    names += ["is_complete", "is_burn_in"]
    table = pd.DataFrame(rows, columns=names)
    table["cohort"] = pd.to_datetime(table["cohort"]).astype("datetime64[us]")
    table["eligible"] = table["cohort_size"]
    table.attrs = {
        "definition": "cohort_retention",
        "parameters": {"period": "month"},
        "as_of": "2024-04-15",
        "customers": 190,
        "call": "cohort_retention(orders, period='month')",
        "currency": "VND",
    }
    return table


@pytest.fixture
def pooled() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "age": [0, 1, 2],
            "cohorts": [3, 2, 1],
            "eligible": [190, 110, 100],
            "returned": [190, 25, 10],
            "retention_rate": [1.0, 25 / 110, 0.1],
            "low": [0.98, 0.16, 0.05],
            "high": [1.0, 0.31, 0.18],
            "dispersion": [1.0, 1.0, 1.0],
        }
    )


@pytest.fixture
def value(cells: pd.DataFrame) -> pd.DataFrame:
    """Every purchase is worth 100,000."""
    table = cells.assign(amount=cells["returned"] * 100_000.0)
    table["amount_per_customer"] = table["amount"] / table["eligible"]
    table["cumulative_amount_per_customer"] = table.groupby("cohort")[
        "amount_per_customer"
    ].cumsum()
    table.attrs = {**cells.attrs, "definition": "cohort_value"}
    return table


@pytest.fixture
def curve() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_number": 1,
            "gap_days": [10, 30, 90, 200],
            "at_risk": [100, 90, 60, 20],
            "events": [10, 9, 6, 2],
            "censored": [0, 21, 34, 0],
            "p_returned": [0.1, 0.19, 0.271, 0.3439],
            "low": [0.05, 0.12, 0.19, 0.24],
            "high": [0.17, 0.28, 0.37, 0.47],
        }
    )


@pytest.fixture
def lapse() -> pd.DataFrame:
    days = list(range(0, 361, 10))
    rate = [0.4 * 0.99**day for day in days]
    return pd.DataFrame(
        {
            "days_silent": days,
            "at_risk": [5000 - 10 * day for day in days],
            "returned_rate": rate,
            "low": [r * 0.9 for r in rate],
            "high": [r * 1.1 for r in rate],
            "is_at_risk_threshold": [day == 90 for day in days],
            "is_lapsed_threshold": [day == 150 for day in days],
            "called_lapsed_but_returned": [0.99**day for day in days],
            "called_active_but_silent": [1 - 0.995**day for day in days],
            "threshold_basis": "fallback",
        }
    )


@pytest.fixture
def rates() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["customer_rate", "repeat_rate", "loyalty_rate"] * 2,
            "basis": ["as_written"] * 3 + ["mature"] * 3,
            "lifecycle_rate": [0.8, 0.4, 0.5, 0.7, 0.3, float("nan")],
            "low": [0.75, 0.35, 0.4, 0.6, 0.2, float("nan")],
            "high": [0.85, 0.45, 0.6, 0.8, 0.4, float("nan")],
        }
    )


@pytest.fixture
def audit() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rule": ["lines_read", "unreadable_date", "missing_customer", "stale", "lines_used"],
            "lines": [100_000, 2, 24_998, 7, 75_000],
            "lines_set_aside": [0, 2, 24_998, 0, 0],
        }
    )


@pytest.fixture
def customers() -> pd.DataFrame:
    """Twenty customers with everything that the charts of one row per customer read."""
    stages = ["new"] * 8 + ["loyal"] * 2 + ["at_risk"] * 4 + ["lapsed_once"] * 6
    return pd.DataFrame(
        {
            "customer_id": [str(i) for i in range(20)],
            "stage": stages,
            "purchase_days": [1] * 14 + [2, 2, 3, 5, 6, 40],
            "expected_value": [float(2**i) for i in range(20)],
            "p_no_order": [i / 20 for i in range(19)] + [1.0],
            "horizon_days": 90,
        }
    )


@pytest.fixture
def gaps() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_number": [1, 1, 2, 1, 2],
            "gap_days": [1, 29, 30, 100, 900],
            "is_censored": [False, False, False, True, True],
            "customers": [3, 4, 5, 6, 7],
        }
    )


@pytest.fixture
def hazard() -> pd.DataFrame:
    rows = [(number, month, 900 - 60 * month, 0.4 / (month + 1) * (1 + number / 9))
            for number in range(1, 5) for month in range(15)]  # fmt: skip
    names = ["order_number", "months_silent", "at_risk", "p_returned"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture
def ladder() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_number": [1, 1, 2, 2, 3],
            "within_days": [90, 180, 90, 180, 90],
            "eligible": [1000, 900, 500, 400, 10],
            "returned": [300, 350, 250, 240, 6],
            "repurchase_rate": [0.3, 0.39, 0.5, 0.6, 0.6],
            "low": [0.27, 0.36, 0.46, 0.55, 0.31],
            "high": [0.33, 0.42, 0.54, 0.65, 0.83],
            "median_gap_days": pd.array([41, 41, 38, 38, None], dtype="Int64"),
        }
    )


@pytest.fixture
def ways() -> pd.DataFrame:
    """Tea and cups lead to each other, pots to nothing; the others are few."""
    rates = {("tea", "cup"): 0.3, ("cup", "tea"): 0.2, ("(other)", "tea"): 0.1}
    sizes = {"tea": 200, "cup": 100, "(other)": 20}
    table = pd.DataFrame(
        [
            (item, after, sizes[item], rates.get((item, after), 0.0))
            for item in sizes
            for after in sizes
        ],
        columns=["item", "next_item", "eligible", "next_rate"],
    )
    table = table.assign(order_number=1, returned=table["next_rate"] * table["eligible"])
    whole = table.groupby("next_item")["returned"].transform("sum")
    table["overall_rate"] = whole / sum(sizes.values())
    table["lift"] = table["next_rate"] / table["overall_rate"].where(whole > 0)
    table["low"], table["high"] = table["lift"] * 0.7, table["lift"] * 1.4
    return table


@pytest.fixture
def bought() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "days_since_touch": range(400),
            "at_risk": range(800, 400, -1),
            "p_bought": [0.7 * (1 - 0.98**day) for day in range(400)],
            "low": [0.6 * (1 - 0.98**day) for day in range(400)],
            "high": [0.8 * (1 - 0.98**day) for day in range(400)],
        }
    )


@pytest.fixture
def stage_counts() -> pd.DataFrame:
    """Twelve month ends; prospects, and two stages that hardly anybody is in."""
    ends = pd.date_range("2024-01-31", periods=12, freq="ME").as_unit("us")
    sizes = {"prospect": 900, "new": 300, "growing": 12, "loyal": 700, "at_risk": 250, "won_back": 3,
             "lapsed_once": 1500, "lapsed": 800}  # fmt: skip
    rows = [
        (end, stage, size + 10 * n) for n, end in enumerate(ends) for stage, size in sizes.items()
    ]
    return pd.DataFrame(rows, columns=["as_of", "stage", "customers"])


@pytest.fixture
def flow() -> pd.DataFrame:
    """Two months of moves between all stages; nobody was won back before."""
    stages = ["prospect", "new", "growing", "loyal", "at_risk", "won_back", "lapsed_once", "lapsed"]
    months = pd.to_datetime(["2024-02-01", "2024-03-01"]).as_unit("us")
    names = ["period", "from_stage", "to_stage"]
    index = pd.MultiIndex.from_product([months, [*stages, "not_yet_known"], stages], names=names)
    table = index.to_frame(index=False)
    stays = table["from_stage"] == table["to_stage"]
    table["customers"] = stays.map({True: 800, False: 40}).where(
        table["from_stage"] != "won_back", 0
    )
    return table


@pytest.fixture
def growth() -> pd.DataFrame:
    """Fourteen months; the last one is not over."""
    months = pd.date_range("2024-01-01", periods=14, freq="MS").as_unit("us")
    table = pd.DataFrame({"period": months, "new": range(100, 114), "reactivated": 40})
    table["churned"] = [0, *[90 + 5 * (n % 4) for n in range(13)]]
    table = table.assign(
        value_new=table["new"] * 1e5, value_reactivated=4e6, value_expansion=2e6,
        value_contraction=3e6, value_churned=table["churned"] * 1e5,
        is_complete=[True] * 13 + [False], is_burn_in=False,
    )  # fmt: skip
    table.attrs = {
        "definition": "growth_accounting",
        "parameters": {"period": "month"},
        "currency": "VND",
    }
    return table


@pytest.fixture
def scored() -> pd.DataFrame:
    """A thousand customers, most in one corner, one who spent as much as all of them."""
    rows = [(5 - n % 5, 1 + (n % 7) % 5, 1e5 * (1 + n % 3)) for n in range(1000)]
    rows += [(1, 1, 5e4)] * 800 + [(5, 5, 3e8)]
    table = pd.DataFrame(rows, columns=["r_score", "f_score", "total_value"])
    return table.assign(customer_id=[str(n) for n in range(len(table))], segment="champions")


@pytest.fixture
def lorenz() -> pd.DataFrame:
    rates = [step / 100 for step in range(101)]
    table = pd.DataFrame({"top_rate": rates, "amount_rate": [rate**0.25 for rate in rates]})
    table.attrs = {"gini": 0.6}
    return table


@pytest.fixture
def history() -> pd.DataFrame:
    """Two years of three rates on both bases; nobody was mature in the first months."""
    ends = pd.date_range("2023-01-31", periods=24, freq="ME").as_unit("us")
    levels = {"customer_rate": 0.75, "repeat_rate": 0.35, "loyalty_rate": 0.7}
    rows = [
        (end, name, basis, float("nan") if basis == "mature" and n < 3 else level + n / 500)
        for n, end in enumerate(ends)
        for name, level in levels.items()
        for basis in ("as_written", "mature")
    ]
    table = pd.DataFrame(rows, columns=["as_of", "name", "basis", "lifecycle_rate"])
    rate = table["lifecycle_rate"]
    return table.assign(low=rate - 0.03, high=rate + 0.03)


def _words(ax: Axes) -> list[Text]:
    """Every visible text of the axes that says something."""
    ticks = [
        label
        for axis in (ax.xaxis, ax.yaxis)
        for label in axis.get_ticklabels()
        if _within(axis.get_view_interval(), label, axis is ax.xaxis)
    ]
    legend = ax.get_legend()
    named = [ax.xaxis.label, ax.yaxis.label, *ax.texts, *ticks]
    title = [t for t in ax.get_children() if isinstance(t, Text)]
    keys = list(legend.get_texts()) if legend else []
    return [t for t in {*named, *title, *keys} if t.get_visible() and t.get_text().strip()]


def _within(view: list[float], label: Text, is_x: bool) -> bool:
    """Ticks beyond the limits are not drawn."""
    low, high = sorted(view)
    return low <= label.get_position()[0 if is_x else 1] <= high


@pytest.fixture
def boxes() -> Callable[[Axes], dict[str, Bbox]]:
    """A function: the drawn box of every text of the axes, by its words."""

    def find(ax: Axes) -> dict[str, Bbox]:
        ax.figure.draw_without_rendering()
        return {
            f"{t.get_text()} #{i}{_LEANING if t.get_rotation() else ''}": t.get_window_extent()
            for i, t in enumerate(_words(ax))
        }

    return find


@pytest.fixture
def mixed() -> pd.DataFrame:
    """Twelve segments, of which one explains nearly all."""
    changes = [0.04, -0.03, *(0.001 * number for number in range(10))]
    return pd.DataFrame(
        {
            "channel": ["Cửa hàng ở thành phố Hồ Chí Minh", *(f"kênh {n}" for n in range(11))],
            "eligible_before": 100,
            "weight_before": 1 / 12,
            "weight_after": 1 / 12,
            "retention_rate_before": 0.3,
            "retention_rate_after": 0.355,
            "within_change": [change / 4 for change in changes],
            "mix_change": [change * 3 / 4 for change in changes],
            "change": changes,
        }
    )


@pytest.fixture
def changed() -> pd.DataFrame:
    """Two segments of equal weight, whose rate went from 25 % to 27 %."""
    return pd.DataFrame(
        {
            "channel": ["web", "shop"],
            "eligible_before": 5,
            "weight_before": 0.5,
            "weight_after": 0.5,
            "retention_rate_before": [0.2, 0.3],
            "retention_rate_after": [0.24, 0.3],
            "within_change": [0.01, -0.02],
            "mix_change": [0.03, 0.0],
            "change": [0.04, -0.02],
        }
    )


@pytest.fixture
def grouped() -> pd.DataFrame:
    rates = [0.31, 0.28, 0.2, 0.35, 0.05]
    return pd.DataFrame(
        {
            "channel": [
                "web",
                "Cửa hàng ở thành phố Hồ Chí Minh và các tỉnh lân cận",
                "app",
                "zalo",
                "x",
            ],
            "name": "repeat_rate",
            "basis": "mature",
            "denominator": [12_345, 900, 80, 35, 9],
            "lifecycle_rate": rates,
            "low": [0.7 * rate for rate in rates],
            "high": [1.3 * rate for rate in rates],
        }
    )


@pytest.fixture
def judged() -> pd.DataFrame:
    """Two cuts; a rule has no forecast at the first."""
    cuts = pd.to_datetime(["2024-01-01", "2024-04-01"])
    scores = {
        "MBG/NBD": (-0.5, -0.45),
        "BG/NBD": (-0.51, -0.47),
        "own_rate": (-0.6, -0.55),
        "lapse_rule": (None, -0.62),
    }
    rows = [
        (name, cut, score)
        for name, each in scores.items()
        for cut, score in zip(cuts, each, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["model", "cut", "log_score"])
    table["log_score"] = table["log_score"].astype("float64")
    table["is_baseline"] = table["model"].isin(["own_rate", "lapse_rule"])
    return table.assign(customers=900)


@pytest.fixture
def tenths() -> pd.DataFrame:
    rates = [0.01 * 1.5**tenth for tenth in range(10)]
    return pd.DataFrame(
        {
            "decile": range(1, 11),
            "customers": 240,
            "p_order_mean": [0.9 * rate for rate in rates],
            "returned_rate": rates,
            "low": [0.7 * rate for rate in rates],
            "high": [1.3 * rate for rate in rates],
        }
    )


@pytest.fixture
def ahead() -> pd.DataFrame:
    """A year of billions, each month wider than the one before."""
    months = pd.date_range("2024-05-01", periods=12, freq="MS").astype("datetime64[us]")
    value = [2.5e9 * (month + 1) for month in range(12)]
    table = pd.DataFrame(
        {
            "period": months,
            "cumulative_value": value,
            "cumulative_value_low": [0.7 * each for each in value],
            "cumulative_value_high": [1.4 * each for each in value],
        }
    )
    table.attrs = {"currency": "VND"}
    return table


@pytest.fixture
def points() -> pd.DataFrame:
    steps = [0.0, 1.0, 2.0, 3.0, 5.0, 10.0]
    return pd.DataFrame(
        {
            "points": steps,
            "return_rate": [0.31 + step / 100 for step in steps],
            "customers_added": [26.0 * step for step in steps],
            "value_added": [11_000_000.0 * step for step in steps],
        }
    )


@pytest.fixture
def lifted() -> pd.DataFrame:
    """One campaign: more order, money not told from 0 until the prediction is taken out."""
    return pd.DataFrame(
        {
            "measure": ["order_rate", "amount_per_customer", "amount_per_customer"],
            "is_adjusted": [False, False, True],
            "in_treated": [0.214, 412_000.0, 409_000.0],
            "in_holdout": [0.162, 371_000.0, 377_000.0],
            "difference": [0.052, 41_000.0, 32_000.0],
            "low": [0.02, -6_000.0, 3_000.0],
            "high": [0.081, 88_000.0, 61_000.0],
            "smallest_effect": [0.045, 67_000.0, 41_000.0],
            "verdict": ["more", "not distinguishable from 0", "more"],
        }
    )


@pytest.fixture
def contacted() -> pd.DataFrame:
    """Money in dong: best with 540 of 2,000 customers, a loss with all of them."""
    counts = [*range(0, 2001, 20)]
    gain = [4_000_000.0 * (1 - 0.99 ** (count / 4)) for count in counts]
    table = pd.DataFrame({"contacts": counts, "expected_profit": gain})
    cost = 2_600.0 * table["contacts"]
    table["profit_low"] = 0.4 * table["expected_profit"] - cost
    table["profit_high"] = 1.6 * table["expected_profit"] - cost
    table["expected_profit"] -= cost
    table["is_best"] = table["expected_profit"] == table["expected_profit"].max()
    table.attrs = {"currency": "VND"}
    return table


@pytest.fixture
def paid() -> pd.DataFrame:
    """Twelve cohorts that earn back a tenth a month, the later the less; nothing spent on the last."""
    cohorts = pd.date_range("2024-01-01", periods=12, freq="MS").astype("datetime64[us]")
    rows = [
        (cohort, age, 0.9 - 0.03 * place + 0.1 * age)
        for place, cohort in enumerate(cohorts)
        for age in range(12 - place)
    ]
    table = pd.DataFrame(rows, columns=["cohort", "age", "return_on_spend"])
    table.loc[table["cohort"] == cohorts[-1], "return_on_spend"] = float("nan")
    covered = table["age"].where(table["return_on_spend"] >= 1)
    table["payback_age"] = covered.groupby(table["cohort"]).transform("min").astype("Int64")
    return table


@pytest.fixture
def written_to() -> pd.DataFrame:
    """Five channels, the fifth with the fewest messages; nobody had a fourth e-mail."""
    channels = ["Zalo", "E-mail", "Tin nhắn của cửa hàng ở Đà Nẵng", "App", "Thư"]
    rows = [
        (channel, number, 900 // (place + 1) // number, 0.24 / number / (1 + place / 9))
        for place, channel in enumerate(channels)
        for number in range(1, 4 if channel == "E-mail" else 5)
    ]
    names = ["channel", "message_number", "messages", "response_rate"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(low=0.8 * table["response_rate"], high=1.2 * table["response_rate"])


@pytest.fixture
def assert_readable(boxes: Callable[[Axes], dict[str, Bbox]]) -> Callable[[Axes], None]:
    """A function: no text leaves the figure, and none covers another."""

    def check(ax: Axes) -> None:
        found = boxes(ax)
        assert found
        width, height = ax.figure.canvas.get_width_height()
        for words, box in found.items():
            inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
            assert inside, f"cut: {words!r} at {box}"
        for a, b in _meeting(found):
            assert a.endswith(_LEANING) and b.endswith(_LEANING), f"{a!r} covers {b!r}"

    return check


def _meeting(found: dict[str, Bbox]) -> list[tuple[str, str]]:
    """The pairs of words of which one covers the other by more than a hair."""
    names = list(found)
    x0, y0, x1, y1 = np.array([found[name].padded(-1.5).extents for name in names]).T
    apart = (x1[:, None] < x0) | (x1 < x0[:, None]) | (y1[:, None] < y0) | (y1 < y0[:, None])
    first, second = np.nonzero(np.triu(~apart, 1))
    return [(names[a], names[b]) for a, b in zip(first, second, strict=True)]


@pytest.fixture
def counted() -> pd.DataFrame:
    """A model that has one class wrong."""
    table = pd.DataFrame(
        {
            "frequency": range(8),
            "customers": [971, 449, 271, 190, 173, 105, 85, 376],
            "expected_customers": [931.3, 494.0, 303.2, 202.2, 142.5, 104.5, 79.0, 363.2],
        }
    )
    room = 2 * table["expected_customers"] ** 0.5
    return table.assign(
        low=table["expected_customers"] - room, high=table["expected_customers"] + room
    )


@pytest.fixture
def tracked() -> pd.DataFrame:
    """Three years, the last of which the fit has not seen, and a month that is not over."""
    months = pd.date_range("2022-01-01", periods=37, freq="MS")
    table = pd.DataFrame({"period": months, "actual_orders": [100 + 9 * n for n in range(37)]})
    table["expected_orders"] = table["actual_orders"] * 1.04
    table["is_complete"] = table.index < 36
    table["is_holdout"] = table["period"] >= "2024-01-01"
    return table


@pytest.fixture
def chances() -> pd.DataFrame:
    """Every cell of a map but one, from a handful to very many customers."""
    starts = [0, 15, 31, 61, 91, 121, 181, 271, 366, 546, 731]
    rows = [
        (often, start, until, int(4 * 9**place), 0.9 / (1 + start / 60 / often))
        for place, often in enumerate([14, 9, 6, 4, 3, 2, 1])
        for start, until in zip(starts, [*starts[1:], 1800], strict=True)
    ]
    names = ["purchase_days", "days_since_last_order", "until_day", "customers", "p_order"]
    return pd.DataFrame(rows[:5] + rows[6:], columns=names)


@pytest.fixture
def alive() -> pd.DataFrame:
    """A customer with a long name, six purchases, two of them on one weekend."""
    table = pd.DataFrame({"on_day": pd.date_range("2023-02-01", periods=700)})
    table["customer_id"] = "nguyen.thi.minh.khai@example.com"
    table["has_order"] = table.index.isin([0, 60, 61, 130, 300, 580])
    silent = table.groupby(table["has_order"].cumsum()).cumcount()
    return table.assign(p_alive=0.98 * 0.995**silent)


@pytest.fixture
def called() -> pd.DataFrame:
    """Thirty customers with long ids and large amounts."""
    return pd.DataFrame(
        {
            "customer_id": [f"nguyen.thi.khach.hang.{n}@example.com" for n in range(30)],
            "value_at_risk": [3_400_000.0 / (n + 1) for n in range(30)],
            "p_no_order": [0.5 + n / 100 for n in range(30)],
            "p_order_if_just_bought": 0.93,
            "days_since_last_order": [40 + 11 * n for n in range(30)],
            "horizon_days": 90,
        }
    )
