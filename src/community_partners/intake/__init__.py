"""Text becomes values, or all problems with place and remedy."""
