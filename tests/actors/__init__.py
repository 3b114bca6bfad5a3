"""Tests of the actors service."""
