"""Gap analysis: what interviewed companies say, question by question, and from year to year."""
