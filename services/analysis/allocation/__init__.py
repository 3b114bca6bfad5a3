"""Allocation: which seats could serve which open needs, so that most persons are met."""
