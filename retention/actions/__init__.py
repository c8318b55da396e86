"""Whom to contact, and whether it worked."""
