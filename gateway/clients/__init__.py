"""Clients: one class per service, with a short method for each thing pages ask of it."""
