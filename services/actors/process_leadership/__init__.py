"""Process leadership: what the leaders' posts lead on a day, with which means, never stored."""
