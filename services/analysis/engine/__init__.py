"""Engines: what snapshots are asked with, chosen by a setting, each giving Ibis its tables."""
