"""Two actors that turn out to be one: merged, and parted again."""
