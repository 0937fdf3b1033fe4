"""What is said about setting, changing and removing the passphrase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NO_WAY_BACK = (
    "There is no way back without it. Nobody can recover it, nor can this program: write it down, and keep it where"
    " you keep what matters."
)


_LONG = 16
"""Characters of a passphrase that is not called short."""


def advice(passphrase: str) -> str:
    """A word on one that is being typed; empty: none is needed."""
    return "Short ones are guessed quickly; four words are better." if 0 < len(passphrase) < _LONG else ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do with the passphrase."""

    label: str
    tooltip: str
    says: tuple[str, ...]
    fields: tuple[str, ...]
    """What is asked for, a field each."""
    doing: str
    done: str


TASKS: Mapping[str, Task] = {
    "set": Task(
        label="Set a passphrase",
        tooltip="Encrypt the journal; it then opens with the passphrase alone",
        says=(
            "All that you wrote and will write is encrypted with it: entries, drafts and backups. The journal asks for"
            " it when it opens.",
            _NO_WAY_BACK,
        ),
        fields=("a passphrase, several words are good", "the same once more"),
        doing="Encrypting what you wrote. It may take a moment; an interruption does no harm.",
        done="Your journal is encrypted. ctrl+l closes it.",
    ),
    "change": Task(
        label="Change the passphrase",
        tooltip="Another passphrase from now on",
        says=(
            "From then on the new one opens the journal and its backups. Copies that you made elsewhere keep the one"
            " before.",
            _NO_WAY_BACK,
        ),
        fields=("the present passphrase", "the new one, several words are good", "the new one once more"),
        doing="Changing the passphrase.",
        done="From now on the new passphrase opens your journal.",
    ),
    "remove": Task(
        label="Remove the passphrase",
        tooltip="Back to a journal that opens without one",
        says=(
            "Entries, drafts and backups become files that anyone with access to this machine can read.",
            "A passphrase can be set again at any time.",
        ),
        fields=("the present passphrase",),
        doing="Decrypting what you wrote. It may take a moment; an interruption does no harm.",
        done="The passphrase is removed. The journal opens without one.",
    ),
}
