"""Action items: what somebody does until a day; open ones follow from meeting to meeting."""
