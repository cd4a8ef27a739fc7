"""How we talk to servers: timeouts, bounded retries and counting. It knows no program."""
