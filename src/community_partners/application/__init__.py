"""Handles one application: doors, commands in comments, check, proposal and daily run."""
