"""Health checks: whether what makes councils work holds, and what is done where it does not."""
