"""Role trials: actors asked to take a role, and what they answered."""
