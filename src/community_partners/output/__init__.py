"""How it goes out: replies, comments, labels and terminal text. Nothing is decided here."""
