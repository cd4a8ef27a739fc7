"""What is asked of whom, for one organization or for all of them. Nothing is judged here."""
