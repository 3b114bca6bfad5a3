"""Benchmarks: what the product costs, as ratios to bare limits measured in the same run."""
