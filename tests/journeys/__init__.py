"""Journeys: the users' errands, through the house as it is started for them."""
