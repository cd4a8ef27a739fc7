"""Open Collective: who pays the collective, and what it was paid."""
