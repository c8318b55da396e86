"""The audit: what each rule touched and set aside, and what it changes."""
