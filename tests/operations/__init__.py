"""The command line, told as whoever runs the house meets it."""
