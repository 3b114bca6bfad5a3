"""Invitations: letters that call people to meetings, and the links by which they answer."""
