"""What the analysis service promises: pure shapes that others may import."""
