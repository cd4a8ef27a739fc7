"""One application: the doors, commands in comments, the check, the proposal, the weekly run."""
