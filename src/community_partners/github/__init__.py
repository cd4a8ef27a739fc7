"""Read what GitHub shows, and write comments, labels, branches and statuses to GitHub."""
