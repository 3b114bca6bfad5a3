"""Pages: one module per area; each reads, tries, redirects, or shows again."""
