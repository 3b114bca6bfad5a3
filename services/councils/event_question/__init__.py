"""Questions from the floor of events: asked, let through, voted for and answered."""
