"""Decides everything, in pure functions: no network, disk, clock or environment."""
