"""Model definitions: what the collaboration model consists of, version after version."""
