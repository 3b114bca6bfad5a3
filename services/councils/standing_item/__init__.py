"""Standing items: points that every meeting of a council gets, and what keeps agendas so."""
