"""Mandates: what a holder may do on whose behalf, from when until when."""
