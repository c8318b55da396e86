"""People: one person's ids found by e-mail and phone, and merged on request."""
