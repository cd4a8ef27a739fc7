"""Runs an open-source project's partner program from a repository."""

__version__ = "0.1.0"
