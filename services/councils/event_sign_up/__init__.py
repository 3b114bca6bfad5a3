"""Sign-ups to events: who comes, who waits, who came."""
