"""One claim in an issue: what it lacks, who approves it, and the file that it becomes."""
