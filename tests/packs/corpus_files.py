"""The corpus: packs as people write them, good and bad, with what is to be told of each.

A bad one says on lines of its own ``# expect: line:column: message`` what is wrong, in order and all of it, and
``# only the reader sees this`` where an editor with the schema cannot.
"""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
GOOD = sorted((CORPUS / "good").iterdir())
BAD = sorted((CORPUS / "bad").iterdir())


def expected(path: Path) -> list[str]:
    """What is wrong in a bad pack."""
    told = path.read_text("utf-8").split("\n")
    return [line.removeprefix("# expect: ") for line in told if line.startswith("# expect: ")]


def only_the_reader(path: Path) -> bool:
    """Whether the schema has nothing against a bad pack."""
    return "# only the reader sees this\n" in path.read_text("utf-8")
