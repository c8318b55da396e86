"""A table in, a `Picture` out, drawn with matplotlib; nothing is computed here."""
