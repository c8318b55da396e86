"""All problems of one table in one error: an analyst mends them in one go, not one per attempt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from retention.errors import OrdersError


class Problems:
    """Collects refusals, and raises them together.

    Examples
    --------
    >>> problems = Problems("orders", "the DataFrame")
    >>> with problems.collected():
    ...     raise OrdersError("orders: no dates.")
    >>> with problems.collected():
    ...     raise OrdersError("orders: no amounts.")
    >>> problems.refuse()
    Traceback (most recent call last):
    ...
    retention.errors.OrdersError: orders: 2 problems in the DataFrame. (1) no dates. (2) no amounts.
    """

    def __init__(self, noun: str, where: str) -> None:
        self._noun, self._where = noun, where
        self._found: list[str] = []

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self._found)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Note a refusal and go on to the next column."""
        try:
            yield
        except OrdersError as error:
            self._found.append(str(error))

    def add(self, others: Problems) -> None:
        """Note what another look at the same table found."""
        self._found += others._found

    def refuse(self) -> None:
        """Raise what was collected, if anything was.

        Raises
        ------
        OrdersError
            With every problem; a single one keeps its own words.
        """
        if len(self._found) == 1:
            raise OrdersError(self._found[0])
        if self._found:
            own = (found.removeprefix(f"{self._noun}: ") for found in self._found)
            listed = " ".join(f"({place}) {found}" for place, found in enumerate(own, 1))
            raise OrdersError(
                f"{self._noun}: {len(self._found)} problems in {self._where}. {listed}"
            )
