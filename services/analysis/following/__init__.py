"""Following: what the other services changed is pulled before a question is answered."""
