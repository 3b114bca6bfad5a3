"""The balance of councils: who sits in them by role and side, and how many women and men."""
