"""Tests of the kit, with a toy service of its own."""
