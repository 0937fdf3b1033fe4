"""One guided session: a pure state machine, and its draft on disk."""
