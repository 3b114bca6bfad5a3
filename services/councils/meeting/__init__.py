"""Meetings: their agendas, who came, and minutes that are locked once approved."""
