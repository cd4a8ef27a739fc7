"""Reads text from people and GitHub: text becomes values, or problems with place and remedy."""
