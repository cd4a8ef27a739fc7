"""What is decided: pure functions without network, disk, clock or environment."""
