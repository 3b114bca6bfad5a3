"""Relations: how two actors belong together, and how well it carries."""
