"""Programs killed and replaced under load: nothing acknowledged is lost, nothing is doubled."""
