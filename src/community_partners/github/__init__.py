"""GitHub, all of it: what it shows, and what is written to it."""
