"""Importing: a file as people have it becomes the rows that the actors service takes in."""
