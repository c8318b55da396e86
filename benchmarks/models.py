"""Fits and value beside their peers, on the same rows in one run: `python3 dev.py bench models`.

Three tables: customers of `simulate_orders` in days, the whole of CDNOW, and mostly one-time buyers as a
ticket office has them. Each line has the seconds, the peer's as a multiple of ours with the least that
is asked of it, and the total log-likelihood, the peer's judged by our likelihood. Then a million
customers, each fit in a process of its own: seconds and memory. `pymc-marketing` (MAP) where installed.
`--json FILE` keeps all of it for `benchmarks/page.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from machine import about

import retention as rt
from retention.models.attrition import GammaAttrition
from retention.models.dropout import BetaDropout
from retention.models.history import compress_customers
from retention.models.likelihood import order_likelihood
from retention.models.paid_days import distinct_amounts
from retention.models.pareto_likelihood import pareto_likelihood
from retention.models.purchase_rate import GammaRate
from retention.models.spend import GammaSpend
from retention.orders.simulated.population import Population

FITS = {"BG/NBD": "fit_bg_nbd", "MBG/NBD": "fit_mbg_nbd", "Pareto/NBD": "fit_pareto_nbd",
        "Gamma-Gamma": "fit_gamma_gamma"}  # fmt: skip
LIFETIMES = {"BG/NBD": "BetaGeoFitter", "MBG/NBD": "ModifiedBetaGeoFitter",
             "Pareto/NBD": "ParetoNBDFitter", "Gamma-Gamma": "GammaGammaFitter"}  # fmt: skip
PYMC = {"BG/NBD": "BetaGeoModel", "MBG/NBD": "ModifiedBetaGeoModel", "Pareto/NBD": "ParetoNBDModel",
        "Gamma-Gamma": "GammaGammaModel"}  # fmt: skip
# At least so many times as fast as lifetimes, on the large table.
ASKED = {"BG/NBD": 8, "MBG/NBD": 8, "Pareto/NBD": 50, "Gamma-Gamma": 3, "value": 10}
# Of a million customers: seconds at most, and gigabytes.
MOST_SECONDS = {"BG/NBD": 3, "MBG/NBD": 3, "Pareto/NBD": 12}
MOST_MEMORY = 1.0
# A log-likelihood this far below the best peer's is a wrong fit.
CLOSE = 1e-3
LONG = 3.0
VERSIONS = ("retention", "lifetimes", "pymc-marketing", "numpy", "scipy")


class Result(NamedTuple):
    seconds: float
    log_likelihood: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--million", type=int, default=1_000_000)
    parser.add_argument("--tables", nargs="*", default=["simulated", "cdnow", "tickets"])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", nargs=2, help="for the processes that this one starts")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.alone:
        return alone(*options.alone)
    missed, kept = [], about(VERSIONS) | {"tables": {}, "million": {}}
    for name in options.tables:
        customers = TABLES[name](options.customers)
        rows = kept["tables"][f"{name}, {len(customers):,} customers"] = []
        missed += bench(name, customers, rows)
    if options.million:
        missed += million(options.million, kept["million"])
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1) + "\n")
    print(f"\nmissed: {'; '.join(missed) or 'nothing'}")
    return sys.exit(bool(missed))


def simulated(customers: int) -> pd.DataFrame:
    return rt.customer_summary(rt.simulate_orders(customers=customers, days=730, random_state=1))


def cdnow(_customers: int) -> pd.DataFrame:
    spec = find_spec("lifetimes")
    folder = Path(next(iter(spec.submodule_search_locations))) / "datasets"
    names = ["customer_id", "ordered_at", "quantity", "amount"]
    lines = pd.read_csv(folder / "CDNOW_master.txt", sep=r"\s+", header=0, names=names, dtype="str")
    lines["ordered_at"] = pd.to_datetime(lines["ordered_at"], format="%Y%m%d")
    return rt.customer_summary(
        lines.astype({"amount": "float64"})[["customer_id", "ordered_at", "amount"]]
    )


def tickets(_customers: int) -> pd.DataFrame:
    rare = Population(r=0.12, alpha=25.0, a=0.5, b=0.9, joining_days=365)
    return rt.customer_summary(
        rt.simulate_orders(customers=36_000, days=365, population=rare, random_state=2)
    )


TABLES = {"simulated": simulated, "cdnow": cdnow, "tickets": tickets}


def bench(name: str, customers: pd.DataFrame, rows: list[dict[str, Any]]) -> Iterator[str]:
    """Tell each model's lines, keep them in `rows`, and yield what falls short."""

    def tell(task: str, who: str, found: Result, ours: Result, *, asked: int = 0) -> None:
        times = found.seconds / ours.seconds
        rows.append({"task": task, "who": who, "times": times, **found._asdict()})
        print(
            f"{task:12}{who:16}{found.seconds:9.3f}{times:8.1f}{asked or '':>7}"
            f"  {found.log_likelihood:,.4f}",
            flush=True,
        )

    print(f"\n{name}: {len(customers):,} customers")
    print(f"{'':12}{'':16}{'seconds':>9}{'times':>8}{'asked':>7}  log-likelihood", flush=True)
    for model in FITS:
        ours = timed(lambda model=model: getattr(rt, FITS[model])(customers))
        mine = Result(ours[0], float(ours[1].summary()["log_likelihood"].iloc[0]))
        tell(model, "retention", mine, mine)
        for who, peer in (("lifetimes", by_lifetimes), ("pymc-marketing", by_pymc)):
            found = peer(model, customers)
            if found is None:
                continue
            tell(model, who, found, mine, asked=ASKED[model] if who == "lifetimes" else 0)
            if found.log_likelihood > mine.log_likelihood + CLOSE:
                yield f"{name}, {model}: log-likelihood below that of {who}"
            if name == "simulated" and who == "lifetimes":
                yield from slow(name, model, found.seconds / mine.seconds)
    ours_value, peers_value = values(customers)
    tell("value", "retention", ours_value, ours_value)
    tell("value", "lifetimes", peers_value, ours_value, asked=ASKED["value"])
    if name == "simulated":
        yield from slow(name, "value", peers_value.seconds / ours_value.seconds)


def slow(name: str, task: str, times: float) -> Iterator[str]:
    if times < ASKED[task]:
        yield f"{name}, {task}: {times:.1f} instead of {ASKED[task]} times as fast"


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """The best of up to three runs, of one where it takes long, and the last answer."""
    seconds: list[float] = []
    answer = None
    while len(seconds) < 3 and sum(seconds) < LONG:
        started = time.perf_counter()
        answer = run()
        seconds.append(time.perf_counter() - started)
    return min(seconds), answer


def by_lifetimes(model: str, customers: pd.DataFrame) -> Result | None:
    seconds, fitter = timed(lambda: lifetimes_fit(model, customers))
    return Result(seconds, judged(model, fitter.params_.to_dict(), customers))


def lifetimes_fit(model: str, customers: pd.DataFrame) -> Any:
    fitter = getattr(import_module("lifetimes"), LIFETIMES[model])()
    if model == "Gamma-Gamma":
        back = customers[customers["monetary_value"] > 0]
        return fitter.fit(back["frequency"], back["monetary_value"])
    return fitter.fit(customers["frequency"], customers["recency"], customers["T"])


def by_pymc(model: str, customers: pd.DataFrame) -> Result | None:
    if find_spec("pymc_marketing") is None:
        return None
    data = customers[["customer_id", "frequency", "recency", "T", "monetary_value"]]
    data = data[data["monetary_value"] > 0] if model == "Gamma-Gamma" else data
    fitter = getattr(import_module("pymc_marketing.clv"), PYMC[model])(data=data)
    seconds, _ = timed(lambda: fitter.fit(method="map"))
    posterior = fitter.fit_result
    names = {name: float(np.asarray(posterior[name]).mean()) for name in posterior.data_vars}
    return Result(seconds, judged(model, names, customers))


def judged(model: str, parameters: dict[str, float], customers: pd.DataFrame) -> float:
    """The total log-likelihood of a peer's parameters, in the unit of the table."""
    if model == "Gamma-Gamma":
        spend = GammaSpend(parameters["p"], parameters["q"], parameters["v"])
        return spend.log_likelihood(distinct_amounts(customers)).value
    history, rate = compress_customers(customers), GammaRate(parameters["r"], parameters["alpha"])
    if model == "Pareto/NBD":
        leaving = GammaAttrition(parameters["s"], parameters["beta"])
        return pareto_likelihood(rate, leaving, history).value
    dropout = BetaDropout(parameters["a"], parameters["b"])
    return order_likelihood(rate, dropout, history, first_chances=int(model == "MBG/NBD")).value


def values(customers: pd.DataFrame) -> tuple[Result, Result]:
    """Twelve months of discounted value, from fits and customers to one row a customer."""
    fit, spend_fit = rt.fit_mbg_nbd(customers), rt.fit_gamma_gamma(customers)
    theirs = lifetimes_fit("MBG/NBD", customers), lifetimes_fit("Gamma-Gamma", customers)

    def ours() -> pd.DataFrame:
        return rt.customer_value(customers, fit, spend_fit, margin=1.0, with_intervals=False)

    def peers() -> pd.Series:
        columns = (customers[name] for name in ("frequency", "recency", "T"))
        amount = customers["monetary_value"].fillna(0.0)
        return theirs[1].customer_lifetime_value(
            theirs[0], *columns, amount, time=12, discount_rate=1.1 ** (1 / 12) - 1, freq="D"
        )

    seconds, table = timed(ours)
    their_seconds, column = timed(peers)
    return Result(seconds, float(table["clv"].mean())), Result(their_seconds, float(column.mean()))


def million(customers: int, kept: dict[str, Any]) -> Iterator[str]:
    """Each fit alone, so that its memory can be told from that of making the customers."""
    print(f"\n{customers:,} customers of simulate_orders{'':9}seconds       GB", flush=True)
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        file = Path(folder) / "customers.parquet"
        simulated(customers).to_parquet(file)
        for model, most in MOST_SECONDS.items():
            words = [sys.executable, __file__, "--alone", model, str(file)]
            found = kept[model] = json.loads(subprocess.check_output(words, text=True))
            print(f"{model:40}{found['seconds']:9.2f}{found['memory']:9.2f}", flush=True)
            if found["seconds"] > most or found["memory"] > MOST_MEMORY:
                yield f"{customers:,} customers, {model}"


def alone(model: str, file: str) -> None:
    customers = pd.read_parquet(file, columns=["customer_id", "frequency", "recency", "T"])
    started = time.perf_counter()
    getattr(rt, FITS[model])(customers)
    seconds = time.perf_counter() - started
    # Not getrusage: what it says of a child includes the parent that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = int(status.partition("VmHWM:")[2].split()[0]) / 1e6
    print(json.dumps({"seconds": seconds, "memory": memory}))


if __name__ == "__main__":
    main()
