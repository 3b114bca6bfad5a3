"""Minutes typed while a meeting goes on: two writers lose nothing, and a lost answer is no loss."""
