"""Turns values into text: reply, digest, notices, pages, terminal, JSON. Decides no facts."""
