"""Indicators: what is measured, and its figures with source, age and level."""
