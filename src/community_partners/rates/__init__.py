"""Find the exchange rates of the days on which payments were made."""
