"""Tests about the house itself, cheap and always run."""
