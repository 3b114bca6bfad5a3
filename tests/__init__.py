"""Tests: each a story told through the nearest door, with nothing mocked inside the house."""
