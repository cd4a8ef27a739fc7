"""Judges and ranks all partners for a month, publishes the result and tells partners."""
