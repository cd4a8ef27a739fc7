"""Apply a publication: commit its files, or propose them, then post its notices."""
