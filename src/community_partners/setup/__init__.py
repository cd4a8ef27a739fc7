"""Checks whether a program is set up, for `partners doctor`."""
