"""Imports: files of actors, people and programmes, taken in all or nothing, and undone."""
