"""The gateway: the door to the house, for people and for municipalities' programs."""
