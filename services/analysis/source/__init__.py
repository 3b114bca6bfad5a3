"""Sources: the registers and files that figures come from, and what each says now."""
