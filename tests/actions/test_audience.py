"""Profiles, audiences and plans."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import retention as rt
from retention.actions.assign_holdout import assign_holdout
from retention.actions.audience import audience
from retention.actions.customer_profile import COLUMNS, customer_profile
from retention.actions.found_lift import SEEN
from retention.actions.plan_audiences import plan_audiences, plan_summary
from retention.charts.style import use_style
from retention.errors import ArgumentError


@pytest.fixture(scope="module")
def orders() -> rt.Orders:
    return rt.sample_orders().at("2025-09-30")


@pytest.fixture(scope="module")
def made(orders: rt.Orders) -> pd.DataFrame:
    customers = rt.customer_summary(orders)
    people = rt.sample_people()
    people["consent"] = ["no" if place % 10 == 0 else "yes" for place in range(len(people))]
    return customer_profile(
        orders, fit=rt.fit_mbg_nbd(customers), spend_fit=rt.fit_gamma_gamma(customers),
        people=people, touches=rt.sample_touches(), consent="consent",
    )  # fmt: skip


@pytest.fixture
def profile() -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "customer_id": ["a", "b", "c", "d", "e"],
            "stage": ["at_risk", "at_risk", "loyal", "new", "prospect"],
            "days_since_last_order": pd.array([95, 80, 9, 3, None], dtype="Int64"),
            "messages_30_days": [0, 9, 0, 1, 0],
            "is_opted_out": [False, False, True, False, False],
            "expected_orders": [0.2, 0.3, 2.0, 0.4, None],
            "expected_value": [50.0, 60.0, 800.0, 30.0, None],
            "p_no_order": [0.8, 0.7, 0.1, 0.6, None],
            "due_from": pd.to_datetime(["2024-04-10", "2024-03-01", "2024-04-02", None, None]),
            "due_until": pd.to_datetime(["2024-04-20", "2025-03-01", "2024-04-03", None, None]),
            "last_answer_channel": ["Zalo", None, None, "E-mail", None],
        }
    )
    table.attrs = {"as_of": "2024-03-31", "currency": "VND"}
    return table


# Examples


def test_a_profile_has_a_row_for_everybody_and_all_columns(made, orders):
    assert tuple(made.columns[: len(COLUMNS)]) == COLUMNS
    people = rt.sample_people()
    seen = people[people["first_seen_at"] <= orders.as_of]
    everybody = set(rt.customer_summary(orders)["customer_id"]) | set(seen["customer_id"])
    assert set(made["customer_id"]) == everybody
    assert made["customer_id"].is_monotonic_increasing
    assert {"email", "gender", "source"} <= set(made.columns)


def test_a_profile_says_what_the_tables_say(made, orders):
    summary = rt.customer_summary(orders).set_index("customer_id")
    mine = made.set_index("customer_id").loc[summary.index]
    assert mine["total_value"].tolist() == summary["total_value"].tolist()
    stages = rt.lifecycle_stages(orders).set_index("customer_id")["stage"]
    assert mine["stage"].tolist() == stages.loc[summary.index].tolist()
    fit = rt.fit_mbg_nbd(rt.customer_summary(orders))
    expected = fit.predict(rt.customer_summary(orders), horizon_days=90)["expected_orders"]
    assert mine["expected_orders"].tolist() == pytest.approx(expected.tolist())


def test_messages_answers_and_wishes_are_those_of_the_touches(made, orders):
    touches = rt.sample_touches()
    touches = touches[touches["touched_at"] < orders.as_of + pd.Timedelta(days=1)]
    sent = touches[(touches["touch"] == "message_sent")
                   & (touches["touched_at"] >= orders.as_of - pd.Timedelta(days=29))]  # fmt: skip
    known = made[made["customer_id"].isin(sent["customer_id"])]
    assert known["messages_30_days"].sum() == sent["customer_id"].isin(made["customer_id"]).sum()
    wishes = made.dropna(subset=["wish_list"])
    assert len(wishes) > 100
    keys = ["customer_id", "product"]
    listed = wishes.assign(product=wishes["wish_list"].str.split("; ")).explode("product")[keys]
    wished = touches[touches["touch"] == "wish_list"].groupby(keys)["touched_at"].max()
    bought = orders.to_pandas().groupby(keys)["ordered_at"].max().rename("bought_at")
    both = listed.join(wished, on=keys).join(bought, on=keys)
    assert not (both["bought_at"] >= both["touched_at"].dt.normalize()).any()


def test_whoever_said_no_is_left_out(made):
    said_no = made["consent"] == "no"
    assert made.loc[said_no, "is_opted_out"].all()
    assert not made.loc[made["consent"] == "yes", "is_opted_out"].any()
    found = audience(made, where="stage == 'loyal'")
    loyal = made[made["stage"] == "loyal"]
    assert found.attrs["left_out"]["opted_out"] == loyal["is_opted_out"].sum() > 0
    assert not set(found["customer_id"]) & set(made.loc[said_no, "customer_id"])


def test_an_audience_by_hand(profile):
    found = audience(
        profile, where="stage == 'at_risk' or stage == 'new'", name="now", max_messages=4
    )
    assert found["customer_id"].tolist() == ["a", "d"]
    assert found.attrs["left_out"] == {"too_many_messages": 1}
    assert found["channel"].tolist() == ["Zalo", "E-mail"]
    assert found["contact_from"].dt.strftime("%m-%d").tolist() == ["04-10", "04-01"]
    assert found["contact_until"].dt.strftime("%m-%d").tolist() == ["04-20", "05-01"]
    assert found["reason"].tolist() == [
        "At risk: last order 95 days ago.",
        "New: last order 3 days ago.",
    ]


def test_whoever_has_ordered_since_is_left_out(made, orders):
    newer = rt.sample_orders().at("2025-10-31")
    before = audience(made, where="stage == 'at_risk'")
    after = audience(made, where="stage == 'at_risk'", newer=newer)
    table = newer.to_pandas()
    since = set(table.loc[table["ordered_at"] >= "2025-10-01", "customer_id"])
    gone = set(before["customer_id"]) & since
    assert gone
    assert set(after["customer_id"]) == set(before["customer_id"]) - since
    assert after.attrs["left_out"]["ordered_since"] >= len(gone)


def test_a_plan_by_hand(profile):
    plan = plan_audiences(
        profile, {"risk": "stage == 'at_risk'", "rest": "days_since_last_order >= 0"}, share=0.5
    )
    assert plan[["audience", "customer_id"]].to_numpy().tolist() == [["risk", "a"], ["rest", "d"]]
    summary = plan_summary(plan).set_index("audience")
    assert summary["customers"].tolist() == [1, 1]
    assert summary["left_out"].tolist() == [1, 1]
    assert summary["expected_value"].tolist() == [50.0, 30.0]
    assert summary["order_rate"].tolist() == pytest.approx([0.2, 0.4])


def _many(customers: int) -> pd.DataFrame:
    """Customers of as many values, half of them new."""
    table = pd.DataFrame({"customer_id": [f"c{n:03}" for n in range(customers)]})
    table = table.assign(
        stage=["new" if n % 2 else "loyal" for n in range(customers)],
        expected_value=[float(n) for n in range(customers)], expected_orders=1.0, p_no_order=0.5,
        is_opted_out=False, messages_30_days=0, days_since_last_order=3,
    )  # fmt: skip
    table.attrs["as_of"] = "2024-03-31"
    return table


def test_of_few_customers_nobody_is_held_out_where_the_draw_refuses():
    plan = plan_audiences(_many(20), {"all": "expected_value >= 0"}, share=0.1)
    row = plan_summary(plan).iloc[0]
    assert row["held_out"] == 0
    assert pd.isna(row["smallest_effect"])
    with pytest.raises(ArgumentError, match="0 of 20 would be held out"):
        assign_holdout(plan, salt="tet", planned_at="2024-04-01", share=0.1)


def test_a_plan_of_one_audience_holds_out_as_many_as_the_draw():
    plan = plan_audiences(_many(101), {"all": "expected_value >= 0"}, share=0.1)
    split = assign_holdout(plan, salt="tet", planned_at="2024-04-01", share=0.1)
    drawn = (split["arm"] == "holdout").sum()
    assert plan_summary(plan)["held_out"].tolist() == [drawn]
    assert_frame_equal(plan_summary(plan), plan_summary(plan, split=split))


def test_with_the_split_the_summary_counts_who_is_held_out_indeed():
    conditions = {"new": "stage == 'new'", "loyal": "stage == 'loyal'"}
    plan = plan_audiences(_many(200), conditions, share=0.1)
    split = assign_holdout(plan, salt="tet", planned_at="2024-04-01", share=0.1, by="audience")
    drawn = split[split["arm"] == "holdout"]["audience"].value_counts()
    summary = plan_summary(plan, split=split).set_index("audience")
    assert summary["held_out"].to_dict() == drawn.to_dict()
    held, treated = drawn["new"], 100 - drawn["new"]
    effect = SEEN * np.sqrt(0.25 * (1 / held + 1 / treated))
    assert summary.loc["new", "smallest_effect"] == pytest.approx(effect)
    with pytest.raises(ArgumentError, match=r"split.*'arm'"):
        plan_summary(plan, split=plan)


def test_an_audience_of_a_plan_that_nobody_is_left_for(profile):
    conditions = {
        "all": "days_since_last_order >= 0",
        "later": "stage == 'new'",
        "no": "stage == 'x'",
    }
    plan = plan_audiences(profile, conditions)
    assert plan["audience"].unique().tolist() == ["all"]
    summary = plan_summary(plan).set_index("audience")
    assert summary["customers"].to_dict() == {"all": 2, "later": 0, "no": 0}
    assert summary.loc["no", ["held_out", "left_out", "expected_value"]].tolist() == [0, 0, 0]
    assert summary.loc["later", ["order_rate", "smallest_effect"]].isna().all()


def test_a_mean_in_a_condition_is_that_of_everybody(profile):
    profile["is_opted_out"] = False
    above = "expected_value > expected_value.mean()"
    plan = plan_audiences(profile, {"best": above, "next": above, "rest": "expected_value > 0"})
    # The mean of 50, 60, 800 and 30: whom the first audience takes away does not lower it.
    assert plan_summary(plan)["customers"].tolist() == [1, 0, 2]


def test_a_reason_of_the_risk_stands_before_the_days(profile):
    profile["risk_reason"] = ["Later than usual.", None, "Just bought.", None, None]
    plan = plan_audiences(profile, {"all": "stage == stage"}, max_messages=99)
    assert dict(zip(plan["customer_id"], plan["reason"], strict=True)) == {
        "a": "At risk. Later than usual.",
        "b": "At risk: last order 80 days ago.",
        "d": "New: last order 3 days ago.",
        "e": "Prospect: has not bought yet.",
    }
    with use_style(language="vi"):
        again = plan_audiences(profile, {"all": "stage == stage"}, max_messages=99)
    assert "Mới: đơn hàng cuối cách đây 3 ngày." in again["reason"].tolist()


# Laws


def test_equal_values_are_listed_by_id(profile):
    table = profile.iloc[[4, 3, 1, 0]].assign(
        is_opted_out=False, expected_value=[5.0, 5.0, 7.0, 5.0]
    )
    table.attrs = profile.attrs
    found = audience(table, where="stage == stage", max_messages=99)
    assert found["customer_id"].tolist() == ["b", "a", "d", "e"]


def test_audiences_of_a_plan_are_disjoint_and_the_first_that_fits(made):
    conditions = {
        "win back": "band in ['medium', 'high'] and expected_value > 50000",
        "second order": "stage == 'new'",
        "all": "purchase_days > 0",
    }
    plan = plan_audiences(made, conditions)
    assert not plan["customer_id"].duplicated().any()
    first = audience(made, where=conditions["win back"], name="win back")
    own = plan[plan["audience"] == "win back"].reset_index(drop=True)
    assert_frame_equal(own, first)
    fits = made["purchase_days"] > 0
    assert len(plan) + sum(plan.attrs["left_out"].values()) == fits.sum()
    assert plan_summary(plan)["customers"].sum() == len(plan)


def test_row_order_does_not_matter(made):
    shuffled = made.sample(frac=1, random_state=3)
    shuffled.attrs = made.attrs
    condition = "stage == 'at_risk' and expected_value > 20000"
    assert_frame_equal(audience(shuffled, where=condition), audience(made, where=condition))


def test_later_touches_and_orders_change_nothing(made, orders):
    whole = rt.sample_orders()
    again = customer_profile(
        whole.at("2025-09-30"), fit=rt.fit_mbg_nbd(rt.customer_summary(orders)),
        spend_fit=rt.fit_gamma_gamma(rt.customer_summary(orders)), touches=rt.sample_touches(),
    )  # fmt: skip
    both = ["customer_id", "messages_30_days", "answers", "last_answer_channel", "wish_list"]
    mine = made[made["customer_id"].isin(again["customer_id"])][both].reset_index(drop=True)
    assert_frame_equal(again[both], mine)


def test_nobody_is_chosen_by_what_is_not_known(profile):
    found = audience(profile, where="expected_value < 1e9")
    assert "e" not in found["customer_id"].tolist()


# Refusals


@pytest.mark.parametrize(
    ("where", "match"),
    [
        ("stage ==", r"cannot be read \(invalid syntax\)"),
        ("age > 3", r"cannot be read \(there is no column 'age'\).*stage"),
        ("expected_value + 1", "is no condition: it does not say"),
        ("", "is no condition"),
        ("stage == 'nobody'", "0 of 5 customers fulfil"),
        ("__import__('os').getcwd() == 'x'", "is not allowed here"),
    ],
)
def test_conditions_that_are_none(profile, where, match):
    with pytest.raises(ArgumentError, match=match):
        audience(profile, where=where)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda table: table.drop(columns="is_opted_out"), "'is_opted_out'"),
        (lambda table: pd.concat([table, table]), "5 ids come twice"),
        (lambda table: [1], "profile: a list is no table"),
    ],
)
def test_profiles_that_are_none(profile, change, match):
    with pytest.raises(ArgumentError, match=match):
        audience(change(profile), where="stage == 'new'")


def test_a_profile_without_its_day(profile):
    profile.attrs = {}
    with pytest.raises(ArgumentError, match="does not say its as-of date"):
        audience(profile, where="stage == 'new'")


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"audiences": {}}, "audiences: none given"),
        ({"audiences": {"x": "stage == 'nobody'"}}, "fulfil any of 1 conditions"),
        ({"audiences": {"x": "stage == 'new'"}, "share": 0.9}, "share: 0.9"),
    ],
)
def test_plans_that_are_none(profile, given: dict[str, Any], match):
    with pytest.raises(ArgumentError, match=match):
        plan_audiences(profile, **given)


def test_consent_is_a_column_of_the_people(orders):
    customers = rt.customer_summary(orders)
    fits = {"fit": rt.fit_mbg_nbd(customers), "spend_fit": rt.fit_gamma_gamma(customers)}
    with pytest.raises(
        ArgumentError, match="consent: 'ok' is a column of people, and none were given"
    ):
        customer_profile(orders, **fits, consent="ok")
    with pytest.raises(ArgumentError, match="'ok'"):
        customer_profile(orders, **fits, people=rt.sample_people(), consent="ok")
