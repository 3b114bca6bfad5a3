"""Checklists: published templates, and those filled for a programme or an initiative."""
