"""The pages in a real browser: keyboard, focus, live updates, and what axe finds."""
