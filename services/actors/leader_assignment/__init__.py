"""Leader assignments: which process leader's post leads what, and with what share of its time."""
