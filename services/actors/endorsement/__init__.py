"""Endorsements: how each municipality stands to a mandate."""
