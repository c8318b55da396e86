"""Whom to contact, and whether it worked. Nothing lives here yet."""
