"""Events: conferences, their programmes, and what everybody is shown of them."""
