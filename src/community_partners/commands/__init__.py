"""The commands of `partners`, a module each: options in, one journey, words and exit out."""
