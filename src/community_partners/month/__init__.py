"""A month of all partners: standing, ranking, what is published and who is told."""
