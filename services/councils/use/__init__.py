"""Uses: things of other services that councils name, so that they are not removed beneath them."""
