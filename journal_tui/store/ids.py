"""Ids of entries and records: unique over all devices, and in the order of writing on one."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that looks like something else
_TIME_DIGITS, _RANDOM_DIGITS = 10, 6


class Ids:
    """Gives ids: ten digits of time in milliseconds, six of chance. A clock that is set back does not repeat one."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last_time = 0

    def new(self) -> str:
        """Sixteen letters and digits that sort after every id given before."""
        self._last_time = time = max(self._last_time + 1, int(self._clock().timestamp() * 1000))
        digits = []
        for _ in range(_TIME_DIGITS):
            time, digit = divmod(time, 32)
            digits.append(_ALPHABET[digit])
        return "".join(reversed(digits)) + "".join(_ALPHABET[byte % 32] for byte in os.urandom(_RANDOM_DIGITS))


SHORTEST = 6
"""Characters of an id that are shown at least."""


def telling_apart(ids: Collection[str]) -> int:
    """How many characters of their end tell all `ids` apart."""
    longest = max(map(len, ids), default=0)
    lengths = range(SHORTEST, longest)
    return next((n for n in lengths if len({id[-n:] for id in ids}) == len(ids)), max(SHORTEST, longest))
