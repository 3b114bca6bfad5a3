"""Session plans: how meetings are led, and who was heard at them."""
