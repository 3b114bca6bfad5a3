"""Connectors: how sources are fetched from the registers' own interfaces."""
