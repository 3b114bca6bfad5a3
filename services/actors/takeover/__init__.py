"""Takeovers: who takes care of what somebody left."""
