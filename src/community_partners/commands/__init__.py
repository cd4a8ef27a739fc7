"""What each command of `partners` does: options in, one journey, words and exit out."""
