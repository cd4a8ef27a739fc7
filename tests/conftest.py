"""What all tests share: nothing yet but the rule that tests make their own world."""
