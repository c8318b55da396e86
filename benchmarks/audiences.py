"""Plan audiences and write them: `python3 dev.py bench audiences --customers 1000000`.

Profiles are made up as `customer_profile` returns them, with e-mails and phones. Prints seconds on the
clock and of the processors, the imports and the start of the engine apart. Excel is written row by row
by openpyxl, some ten times slower than text, and left out unless `--excel` asks for it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

import retention as rt

AS_OF = pd.Timestamp("2024-12-31")
STAGES = ("prospect", "new", "growing", "loyal", "at_risk", "lapsed_once", "lapsed", "won_back")
CONDITIONS = {
    "win back": "stage == 'at_risk' and expected_value > 200000",
    "second order": "stage in ['new', 'lapsed_once']",
    "keep": "stage in ['growing', 'loyal', 'won_back']",
    "others": "days_since_last_order >= 0 or stage == 'prospect'",
}
Found = TypeVar("Found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--excel", action="store_true")
    options = parser.parse_args()
    kinds = ["people", "google", "meta", "tiktok", "zalo"]
    run(made_up(1000), kinds, show=False)
    profile = made_up(options.customers)
    print(f"{options.customers:,} customers{'':19}{'clock':>9}{'processors':>12} s")
    run(profile, kinds, suffixes=["csv", "xlsx"] if options.excel else ["csv"])
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


def run(
    profile: pd.DataFrame, kinds: list[str], *, suffixes: list[str] | None = None, show: bool = True
) -> None:
    people = profile[["customer_id", "email", "phone"]]
    plan = timed("plan_audiences", lambda: rt.plan_audiences(profile, CONDITIONS), show)
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        for kind in kinds:
            for suffix in (suffixes or ["csv"]) if kind == "people" else ["csv"]:
                path = Path(folder) / f"{kind}.{suffix}"
                timed(f"write_audience, {path.name}", writer(plan, path, kind, people), show)


def writer(plan: pd.DataFrame, path: Path, kind: str, people: pd.DataFrame) -> Callable[[], Path]:
    return lambda: rt.write_audience(plan, path, platform=kind, people=people)


def timed(name: str, work: Callable[[], Found], show: bool) -> Found:
    clock, processors = time.perf_counter(), time.process_time()
    found = work()
    if show:
        spent = time.perf_counter() - clock, time.process_time() - processors
        print(f"{name:32}{spent[0]:9.1f}{spent[1]:12.1f}", flush=True)
    return found


def made_up(customers: int) -> pd.DataFrame:
    """The columns that an audience reads; the same numbers on every machine."""
    random = np.random.default_rng(1)
    count = np.arange(customers)
    stages = np.array(STAGES)[random.integers(0, len(STAGES), customers)]
    silent = pd.Series(random.integers(0, 700, customers)).astype("Int64")
    is_prospect = pd.Series(stages == "prospect")
    reasons = pd.Series([f"{days} days of silence; later than usual." for days in silent])
    due = pd.Series(AS_OF + pd.to_timedelta(random.integers(-30, 90, customers), unit="D"))
    channels = np.array(["Zalo", "E-mail", None], dtype=object)
    profile = pd.DataFrame(
        {
            "customer_id": [f"C{place:09d}" for place in random.permutation(count)],
            "stage": stages,
            "days_since_last_order": silent.mask(is_prospect),
            "risk_reason": reasons.mask(is_prospect),
            "p_no_order": pd.Series(random.random(customers)).mask(is_prospect),
            "expected_orders": random.gamma(1, 1, customers),
            "expected_value": random.gamma(1, 300_000, customers),
            "due_from": due,
            "due_until": due + pd.Timedelta(days=20),
            "next_item": np.array(["Trà sen", "Coffee"])[random.integers(0, 2, customers)],
            "next_rate": random.random(customers),
            "eligible": random.integers(20, 999, customers),
            "messages_30_days": random.poisson(1.5, customers),
            "last_answer_channel": channels[random.integers(0, 3, customers)],
            "is_opted_out": random.random(customers) < 0.1,
            "email": [f"Khach.{place}@gmail.com" for place in count],
            "phone": [f"+84 9{place // 10_000:04d} {place % 10_000:04d}" for place in count],
        }
    )
    profile.attrs = {"as_of": f"{AS_OF:%Y-%m-%d}", "currency": "VND"}
    return profile


if __name__ == "__main__":
    main()
