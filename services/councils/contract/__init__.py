"""What the councils service promises: pure shapes that others may import."""
