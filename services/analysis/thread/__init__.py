"""Threads: from an interview to an outcome, need by need, and every place where it breaks."""
