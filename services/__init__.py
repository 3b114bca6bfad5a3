"""The services: what Kompetensnav knows, one program for each kind of knowledge."""
