"""Shows records and committed months to everybody: whom, in which order, and why."""
