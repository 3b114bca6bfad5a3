"""Joint work: what an actor does together with each other one, beside where they meet."""
