"""Decisions on a stated basis, and action items that follow until they are done."""
