"""Classifications: occupations, education, industries and areas, and how they correspond."""
