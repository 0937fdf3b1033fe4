"""What screens show, worked out without a screen."""
