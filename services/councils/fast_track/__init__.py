"""The fast track: a temporary council from one call, and the clock that it starts."""
