"""Councils: where actors meet, what they decide, which needs they see and what is done."""
