"""What is decided, as pure functions: no network, disk, clock or environment."""
