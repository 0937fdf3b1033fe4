"""A guided reflection journal for the terminal: private, local, for daily use."""

__version__ = "0.1.0"
