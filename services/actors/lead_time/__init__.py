"""Lead times: how long things have in fact taken, by the registry's own history, never stored."""
