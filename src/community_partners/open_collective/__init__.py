"""Read from Open Collective who pays the collective, and how much."""
