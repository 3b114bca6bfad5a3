"""Quality circles: the series of how councils judge their own working together."""
