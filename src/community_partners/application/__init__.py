"""Handles one application: doors, commands in comments, check, proposal and weekly run."""
