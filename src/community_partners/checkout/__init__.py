"""The checkout: files written into it, commits made and pushed."""
