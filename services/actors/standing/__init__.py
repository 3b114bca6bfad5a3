"""What can be done with standings, and what is asked about them."""
