"""Seats: who sits in a council, from when until when, and as what."""
