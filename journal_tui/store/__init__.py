"""The journal on disk: TinyDB documents behind one repository class."""
