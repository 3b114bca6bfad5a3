"""Tests of what the services promise: what drafts refuse, and that every noun has its word."""
