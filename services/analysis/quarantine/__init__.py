"""Quarantine: codes of a source that no classification has, or that no key leads on from."""
