"""Looking at decisions again."""
