"""Contacts: dated dialogue between actors, and the next steps that it leads to."""
