"""``journal-tui`` and ``python -m journal_tui``."""

from journal_tui.cli.main import main

if __name__ == "__main__":
    main()
