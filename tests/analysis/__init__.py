"""Tests of the analysis service."""
