"""What projects learn: deviations, lessons, and what goes on after them."""
