"""Values become text: reply, digest, notices, pages, terminal, JSON. Nothing is read or decided."""
