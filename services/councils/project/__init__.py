"""Projects: work for a time, by an assignment whose versions stay."""
