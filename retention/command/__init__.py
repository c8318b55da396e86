"""The commands of `retention`, one a file."""
