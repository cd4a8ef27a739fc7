"""Exchange rates of the days on which payments were made."""
