"""Readiness: whether actors have the will, drive and ability to take part."""
