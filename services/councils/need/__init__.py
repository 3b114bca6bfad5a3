"""Needs: reported, prioritised, merged and split, and closed only with evidence or a reason."""
