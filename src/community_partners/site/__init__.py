"""Renders the public site from the records and the committed months."""
