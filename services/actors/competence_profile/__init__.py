"""Competence profiles: what is asked of process leaders, edition by edition."""
