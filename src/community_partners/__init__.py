"""Runs an open-source project's partner program from a repository."""
