"""Forecasts: what figures may come to be, chosen by what was tried, and scored by what came."""
