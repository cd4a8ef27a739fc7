"""Send requests to servers, with timeouts, bounded retries and counting. Knows no program."""
