"""Other journals, in and out: one file a format, one line a format in `formats.FORMATS`."""
