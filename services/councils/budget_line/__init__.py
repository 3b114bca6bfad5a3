"""Budget lines: what initiatives cost, by whom it is paid, and what it came to."""
