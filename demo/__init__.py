"""The pilot's story, told through the public API: facts with their source, the rest as examples."""
