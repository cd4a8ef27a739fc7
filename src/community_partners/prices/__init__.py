"""The Big Mac prices: what a country pays, and a new edition."""
