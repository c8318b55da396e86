"""Numbers and amounts: read by the decimal sign that the cells themselves prove, never by a guess."""
