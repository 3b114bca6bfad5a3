"""Pledges: contributions that actors have promised."""
