"""The public JSON API: keys, limits, the national profile, and bytes passed to the services."""
