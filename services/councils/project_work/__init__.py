"""A project's work: activities, budget lines, and check-ins that come again."""
