"""The registry as Popolo, out and in."""
