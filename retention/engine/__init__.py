"""One connection, local time, one cast of results, and one file of expressions per grain.

Tables come in with the package's own column names; nothing here knows what an `Orders` is.
"""
