"""Procurement: a published template becomes the steps of an initiative."""
