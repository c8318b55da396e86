"""Kinds of sources, one file each: what is found there becomes rows of the private DuckDB."""
