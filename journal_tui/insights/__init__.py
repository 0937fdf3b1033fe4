"""What keeps coming back in a journal: pure functions of its entries."""
