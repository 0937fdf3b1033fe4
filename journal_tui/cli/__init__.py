"""The command line: all that the screens do, for pipes, scripts and plain terminals."""
