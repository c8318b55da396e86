"""One thread at a time, and garbage that never waits."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

import pyarrow as pa

from retention.engine.connection import store
from retention.engine.turn import drop_in_turn, turn


def test_what_goes_out_of_use_during_a_turn_is_dropped_after_it(
    names: Callable[[], set[str]],
) -> None:
    table = store(pa.table({"x": [1]}))
    name = table.op().name
    with turn():
        del table
        gc.collect()
        assert name in names()
    assert name not in names()


def test_another_thread_that_collects_garbage_does_not_wait() -> None:
    dropped: list[str] = []
    with turn():
        thread = threading.Thread(target=drop_in_turn, args=(dropped.append, "t"))
        thread.start()
        thread.join(timeout=10)
        assert not thread.is_alive()
        assert dropped == []
    assert dropped == ["t"]


def test_turns_come_one_after_the_other() -> None:
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(50):
            with turn():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
