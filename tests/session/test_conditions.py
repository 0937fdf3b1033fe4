"""Whether a follow-up or a closing question fits."""

from __future__ import annotations

from typing import Any

import pytest

from journal_tui.model import Condition
from journal_tui.session.conditions import fits


@pytest.mark.parametrize(
    ("when", "text", "given", "fit"),
    [
        ({}, "", {}, True),
        ({"mentions": ("sorr*", "my fault")}, "It was MY FAULT", {}, True),
        ({"mentions": ("sorr*",)}, "worry", {}, False),
        ({"option": "a"}, "", {"options": ("a",)}, True),
        ({"option": "a"}, "", {"options": ("b",)}, False),
        ({"option": "a"}, "", {}, False),
        ({"longer_than": 2}, "one two", {}, False),
        ({"longer_than": 2}, "one two three", {}, True),
        ({"shorter_than": 2}, "one two", {}, False),
        ({"shorter_than": 2}, "one", {}, True),
        ({"shorter_than": 2}, " … ", {}, False),
        ({"person": True}, "My sister came.", {}, True),
        ({"person": True}, "It rained.", {}, False),
        ({"person": False}, "It rained.", {}, True),
        ({"rating_at_least": 3}, "", {"rating": 3}, True),
        ({"rating_at_least": 3}, "", {"rating": 2}, False),
        ({"rating_at_least": 3}, "", {}, False),
        ({"rating_at_most": 3}, "", {"rating": 3}, True),
        ({"rating_at_most": 3}, "", {"rating": 4}, False),
        ({"rating_at_most": 3}, "", {}, False),
        ({"longer_than": 1, "person": True}, "My sister came.", {}, True),
        ({"longer_than": 9, "person": True}, "My sister came.", {}, False),
        ({"mentions": ("rain*",), "person": True}, "It rained.", {}, False),
    ],
)
def test_all_that_a_condition_asks_for_must_hold(
    when: dict[str, Any], text: str, given: dict[str, Any], fit: bool
) -> None:
    assert fits(Condition(**when), text, **given) is fit
