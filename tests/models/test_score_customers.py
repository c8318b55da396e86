"""Scores of all customers: those of `customer_value`, wherever the orders lie and scores go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import order_frames, shop_frame

from retention.engine import spark_folder
from retention.engine.frames import to_frame
from retention.errors import ArgumentError, ExportError, FitError
from retention.models import score_customers as module
from retention.models import score_histories
from retention.models.bg_nbd import fit_bg_nbd
from retention.models.customer_value import customer_value
from retention.models.gamma_gamma import fit_gamma_gamma
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.score_customers import score_customers
from retention.models.scoring import COLUMNS, MONEY
from retention.models.spend import AlikeSpend, GammaSpend, SteadySpend
from retention.names import GLOSSARY
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary
from retention.texts import footer

FRAME = shop_frame()
ORDERS = read_orders(FRAME)
CUSTOMERS = customer_summary(ORDERS)
FIT = fit_mbg_nbd(CUSTOMERS)
SPEND = fit_gamma_gamma(CUSTOMERS)
WEEKS = CUSTOMERS.assign(recency=CUSTOMERS["recency"] / 7, T=CUSTOMERS["T"] / 7)
FITS = {
    "mbg": FIT,
    "bg": fit_bg_nbd(CUSTOMERS),
    "weeks": fit_mbg_nbd(WEEKS, time_unit_days=7),
}


def spend_fit(spend: Any) -> GammaGammaFit:
    sure = tuple(tuple(0.0 for _ in spend.names) for _ in spend.names)
    return GammaGammaFit(spend=spend, covariance=sure, quality=SPEND.quality, correlation=0.0)


SPENDS = {
    "fitted": SPEND,
    "gamma": spend_fit(GammaSpend(p=0.7, q=1.2, gamma=123456.7)),
    "alike": spend_fit(AlikeSpend(p=2.0, mean=99.5)),
    "steady": spend_fit(SteadySpend(q=3.0, scale=1e5)),
}


def expected(
    customers: pd.DataFrame = CUSTOMERS, fit: Any = FIT, spend: Any = SPEND, **options: Any
) -> pd.DataFrame:
    """The same by way of pandas."""
    value = customer_value(customers, fit, spend, **options)
    scale = fit.time_unit_days
    scaled = customers.assign(recency=customers["recency"] / scale, T=customers["T"] / scale)
    horizon = options.get("horizon_days", 365)
    found = value.assign(
        frequency=customers["frequency"],
        recency=customers["recency"],
        T=customers["T"],
        p_order=fit.predict(scaled, horizon_days=horizon)["p_order"],
        expected_order_value=spend.predict(customers)["expected_order_value"],
    )
    return found[[name for name in COLUMNS if name in found]]


def assert_same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    """Files and tables have no order."""
    ordered = [one.sort_values("customer_id", ignore_index=True) for one in (found, wanted)]
    assert_frame_equal(*ordered, rtol=1e-9, atol=1e-9)


@pytest.fixture(scope="module")
def theirs(backend: Any) -> Any:
    """The orders in the backend."""
    return backend.orders(FRAME)


@pytest.fixture
def name(backend: Any) -> Iterator[str]:
    """A name for a table, which is dropped at the end."""
    name = f"scores_{uuid4().hex}"
    yield name
    backend.connection.drop_table(name, force=True)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_histories, "MOST_HISTORIES", 40)


def things(backend: Any) -> list[str]:
    """All tables and views, temporary ones too."""
    connection = backend.connection
    if connection.name == "postgres":
        with connection.begin() as cursor:
            return sorted(map(str, cursor.execute("SELECT oid, relname FROM pg_class").fetchall()))
    if connection.name == "duckdb":
        return sorted(map(str, connection.con.execute("SHOW ALL TABLES").fetchall()))
    return sorted(connection.list_tables())


# Examples


def test_columns_dtypes_and_caption() -> None:
    found = score_customers(ORDERS, FIT, SPEND, margin=0.3, horizon_days=90)
    assert tuple(found.columns) == COLUMNS
    for column in found:
        assert str(found[column].dtype) == GLOSSARY[column].dtype
    assert found["customer_id"].tolist() == CUSTOMERS["customer_id"].tolist()
    assert found.attrs["call"] == (
        "score_customers(orders, fit, spend_fit=spend_fit, horizon_days=90, margin=0.3)"
    )
    assert "binning" not in found.attrs
    assert "next 90 days. Estimates from MBG/NBD." in footer(found.attrs)
    assert footer(found.attrs).endswith(f"As of {CUSTOMERS.attrs['as_of']}.")


def test_a_frame_is_read_first() -> None:
    assert_same(score_customers(FRAME, FIT), score_customers(ORDERS, FIT))


def test_without_spend_there_is_no_money() -> None:
    found = score_customers(ORDERS, FIT)
    assert tuple(found.columns) == tuple(
        column for column in COLUMNS if column not in {*MONEY, "clv"}
    )
    assert tuple(score_customers(ORDERS, FIT, SPEND).columns) == COLUMNS[:-1]


def test_an_earlier_day() -> None:
    earlier = customer_summary(ORDERS, as_of="2023-07-31")
    found = score_customers(ORDERS, FIT, as_of="2023-07-31")
    assert found["T"].tolist() == earlier["T"].tolist()
    assert found.attrs["as_of"] == "2023-07-31"


@pytest.mark.parametrize("fit", FITS)
def test_units_and_models(fit: str) -> None:
    found = score_customers(ORDERS, FITS[fit], SPEND, margin=0.3)
    assert_same(found, expected(fit=FITS[fit], margin=0.3))


def test_a_file_keeps_the_caption_and_replaces_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    path.write_text("old")
    assert score_customers(ORDERS, FIT, SPEND, margin=0.3, to=path) == path
    found = pd.read_parquet(path)
    wanted = score_customers(ORDERS, FIT, SPEND, margin=0.3)
    assert_same(found, wanted)
    assert found.attrs == wanted.attrs
    assert list(tmp_path.iterdir()) == [path]


# Laws


@pytest.mark.slow
@given(frame=order_frames(), spend=st.sampled_from(list(SPENDS)), fit=st.sampled_from(list(FITS)))
def test_same_as_customer_value(frame: pd.DataFrame, spend: str, fit: str) -> None:
    orders, models = read_orders(frame), {"fit": FITS[fit], "spend": SPENDS[spend]}
    found = score_customers(orders, *models.values(), margin=0.3, horizon_days=90)
    assert_same(found, expected(customer_summary(orders), **models, margin=0.3, horizon_days=90))


@pytest.mark.slow
@pytest.mark.parametrize("spend", SPENDS)
def test_same_on_every_engine(theirs: Any, spend: str) -> None:
    found = score_customers(theirs, FIT, SPENDS[spend], margin=0.3)
    assert_same(found, expected(spend=SPENDS[spend], margin=0.3))


@pytest.mark.slow
@pytest.mark.parametrize("spend", SPENDS)
def test_same_as_a_table(backend: Any, theirs: Any, name: str, spend: str) -> None:
    before = things(backend)
    assert score_customers(theirs, FIT, SPENDS[spend], margin=0.3, to=name) == name
    found = to_frame(backend.connection.table(name), COLUMNS)
    assert_same(found, expected(spend=SPENDS[spend], margin=0.3))
    backend.connection.drop_table(name)
    assert things(backend) == before


@pytest.mark.slow
def test_same_as_a_file(backend: Any, theirs: Any, tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    assert str(score_customers(theirs, FIT, SPEND, margin=0.3, to=str(path))) == str(path)
    assert_same(pd.read_parquet(path), expected(margin=0.3))
    assert list(tmp_path.iterdir()) == [path]
    assert path.is_dir() == (backend.connection.name == "pyspark")


@pytest.mark.slow
def test_nothing_is_made_in_the_database(backend: Any, theirs: Any, tmp_path: Path) -> None:
    before = things(backend)
    is_postgres = backend.connection.name == "postgres"
    if is_postgres:  # not even for a moment: temporary tables are refused, too
        backend.connection.raw_sql("SET default_transaction_read_only = on").close()
    try:
        score_customers(theirs, FIT, SPEND)
        score_customers(theirs, FIT, SPEND, to=tmp_path / "scores.parquet")
    finally:
        if is_postgres:
            backend.connection.raw_sql("SET default_transaction_read_only = off").close()
    assert things(backend) == before


@pytest.mark.slow
def test_too_many_histories_are_binned_and_say_so(few: None, theirs: Any) -> None:
    exact = expected()
    found = score_customers(theirs, FIT, SPEND)
    binning = found.attrs["binning"]
    assert binning["days"] in (2, 3, 7, 14, 28)
    assert found[["frequency", "recency", "T"]].equals(exact[["frequency", "recency", "T"]])
    off = (found["p_alive"] - exact["p_alive"]).abs().max()
    assert 0 < off == pytest.approx(binning["largest_difference_p_alive"])
    total = exact["expected_orders"].sum()
    relative = abs(found["expected_orders"].sum() - total) / total
    assert relative == pytest.approx(binning["relative_difference_expected_orders"])


# Refusals


@pytest.mark.parametrize(
    ("error", "raised"),
    [(OSError("disk full"), ExportError), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_a_file_that_fails_leaves_the_old_one(
    error: BaseException, raised: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scores.parquet"
    path.write_text("old")

    def breaks(_: Any, beside: Path, **options: Any) -> None:
        beside.write_text("half")
        raise error

    monkeypatch.setattr(module, "write_parquet", breaks)
    with pytest.raises(raised):
        score_customers(ORDERS, FIT, to=path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_a_missing_one_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "is.parquet").mkdir()
    with pytest.raises(ExportError, match=r"is\.parquet: is a folder"):
        score_customers(ORDERS, FIT, to=tmp_path / "is.parquet")
    with pytest.raises(ExportError, match=r"there is no such folder"):
        score_customers(ORDERS, FIT, to=tmp_path / "no" / "scores.parquet")


@pytest.mark.slow
def test_a_table_that_is_there_is_refused(backend: Any, theirs: Any, name: str) -> None:
    score_customers(theirs, FIT, to=name)
    before = things(backend)
    with pytest.raises(ArgumentError, match=r"there is a table or view 'scores_.*' already"):
        score_customers(theirs, FIT, SPEND, to=name)
    assert things(backend) == before


@pytest.mark.slow
def test_a_broken_table_leaves_nothing(
    backend: Any, theirs: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = things(backend)

    def breaks(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_table", breaks)
    with pytest.raises(KeyboardInterrupt):
        score_customers(theirs, FIT, to=name)
    assert things(backend) == before


def test_spark_replaces_nothing_and_leaves_nothing_unfinished(
    backend: Any, theirs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if backend.connection.name != "pyspark":
        pytest.skip("only Spark writes folders")
    there = tmp_path / "there.parquet"
    there.write_text("old")
    with pytest.raises(ExportError, match=r"Spark writes a folder"):
        score_customers(theirs, FIT, to=there)

    def breaks(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(spark_folder, "check_folder", breaks)
    with pytest.raises(KeyboardInterrupt):
        score_customers(theirs, FIT, to=tmp_path / "new.parquet")
    assert [path for path in tmp_path.iterdir() if path != there] == []


def test_tables_need_a_database_and_a_name(theirs: Any) -> None:
    with pytest.raises(ArgumentError, match=r"'scores' names a table, and the orders lie in no"):
        score_customers(ORDERS, FIT, to="scores")
    for wrong in ("a.b.c", "scores.csv.gz", "drop table x", ""):
        with pytest.raises(ArgumentError, match=r"neither a file nor a table"):
            score_customers(theirs, FIT, to=wrong)
    with pytest.raises(ArgumentError, match=r"there is no schema 'nowhere'"):
        score_customers(theirs, FIT, to="nowhere.scores")


def test_customers_without_a_finite_amount_are_refused() -> None:
    heavy = spend_fit(GammaSpend(p=2.0, q=0.9, gamma=10.0))
    once = int((CUSTOMERS["paid_days"] == 0).sum())
    with pytest.raises(FitError, match=rf"orders: {once} of {len(CUSTOMERS)} customers have no"):
        score_customers(ORDERS, FIT, heavy)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match=r"fit: a GammaGammaFit is no fitted order model"):
        score_customers(ORDERS, SPEND)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"spend_fit: a BetaGeometricFit is no fitted spend"):
        score_customers(ORDERS, FIT, FIT)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"margin: 0.3 of which amounts\?"):
        score_customers(ORDERS, FIT, margin=0.3)
    with pytest.raises(ArgumentError, match=r"margin: 30 .* 30 % is 0.3"):
        score_customers(ORDERS, FIT, SPEND, margin=30)
    with pytest.raises(ArgumentError, match=r"horizon_days: 0 is not a whole number of days"):
        score_customers(ORDERS, FIT, horizon_days=0)
    with pytest.raises(ArgumentError, match=r"lies after the orders' own"):
        score_customers(ORDERS, FIT, as_of="2030-01-01")
