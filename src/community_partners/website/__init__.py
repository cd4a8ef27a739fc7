"""Look at a stranger's website for a proof of who speaks for it."""
