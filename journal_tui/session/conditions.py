"""Whether a follow-up or a closing question fits what was written."""

from __future__ import annotations

from collections.abc import Collection

from journal_tui.model import Condition
from journal_tui.people import names_somebody
from journal_tui.text import count_words, fold, has_word


def fits(
    condition: Condition,
    text: str,
    *,
    options: Collection[str] = (),
    rating: int | None = None,
    tags: Collection[str] = (),
    language: str = "en",
) -> bool:
    """Whether everything that `condition` asks for holds of `text`, the chosen option keys, the rating, and the tags
    of the questions that were answered."""
    if condition.tags and not any(tag in tags for tag in condition.tags):
        return False
    if condition.mentions:
        folded = fold(text)
        if not any(has_word(folded, word) for word in condition.mentions):
            return False
    if condition.option and condition.option not in options:
        return False
    if condition.person is not None and names_somebody(text, language) is not condition.person:
        return False
    if condition.longer_than is not None or condition.shorter_than is not None:
        length = count_words(text)
        if condition.longer_than is not None and length <= condition.longer_than:
            return False
        if condition.shorter_than is not None and not 0 < length < condition.shorter_than:
            return False
    if condition.rating_at_least is not None and (rating is None or rating < condition.rating_at_least):
        return False
    return condition.rating_at_most is None or (rating is not None and rating <= condition.rating_at_most)
