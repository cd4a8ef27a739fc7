"""Tells what a country pays by the Big Mac prices, and adopts new editions of the prices."""
