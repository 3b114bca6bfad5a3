"""Decisions: what a meeting decided, on what basis, and what took its place."""
