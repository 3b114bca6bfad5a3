"""Everything dated of an actor in one order."""
