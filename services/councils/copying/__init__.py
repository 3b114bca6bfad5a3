"""Copies: a council's workings without its names, for another industry or one organisation."""
