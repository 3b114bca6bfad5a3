"""Agendas: the points of a meeting in their order, with minutes that outsiders wait for."""
