"""What was changed afterwards of what had been written down about an actor."""
