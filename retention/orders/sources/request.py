"""What one call of `open_source` was asked, and where its temporary files go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retention.errors import OrdersError


@dataclass(frozen=True)
class Request:
    """`noun` names the table in messages; `folder` is removed once everything is stored."""

    noun: str
    folder: Path
    sheet: str | None = None
    encoding: str | None = None

    def refusal(self, message: str) -> OrdersError:
        """An error about the table, to be raised."""
        return OrdersError(f"{self.noun}: {message}")

    def new_file(self, ending: str) -> Path:
        """A path for a temporary file of which nobody else writes."""
        return self.folder / f"{sum(1 for _ in self.folder.iterdir())}{ending}"
