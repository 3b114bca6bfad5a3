"""Occupation records: what registers tell of an occupation in words, beside figures."""
