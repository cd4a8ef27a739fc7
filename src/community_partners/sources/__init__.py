"""Where evidence comes from: one function per question, an Answer each, never an exception."""
