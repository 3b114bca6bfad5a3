"""The parts of the public API."""
