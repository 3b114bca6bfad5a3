"""Posts: functions at actors that exist apart from who holds them."""
