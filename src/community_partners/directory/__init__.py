"""What the records and committed months show to everybody: whom, in which order, and why."""
