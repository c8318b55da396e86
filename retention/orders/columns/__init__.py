"""Which column of a source is which of ours: told, named like it, or filled like it; and why."""
