"""Read git's history, write files, and bring the checkout forward. No commit is made here."""
