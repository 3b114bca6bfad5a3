"""Challenges: what competence supply has to meet, and the signals and trends that bear on them."""
