"""Pulses: rounds of four questions to a council, and what may be told of the answers."""
