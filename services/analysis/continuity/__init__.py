"""Continuity: how often posts and seats change hands, and what rests on one process leader."""
