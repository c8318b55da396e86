"""Arguments that count days or customers."""

from __future__ import annotations

from retention.errors import ArgumentError, require_number


def require_days(*, unit: str = "days", **given: int) -> None:
    """Refuse what is no whole number from 1 on.

    Raises
    ------
    ArgumentError
        For the first argument that is none.

    Examples
    --------
    >>> require_days(within_days=180)
    """
    for name, value in given.items():
        require_number(name, value, is_whole=True)
        if value < 1:
            raise ArgumentError(f"{name}: {value} is not a number of {unit} from 1 on.")
