"""People: personal data, kept to what holding a post needs."""
