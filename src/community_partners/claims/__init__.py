"""The claims of one thread: what they lack, who approves them, and the files that they become."""
