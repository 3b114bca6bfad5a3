"""What the actors service promises: pure shapes that others may import."""
