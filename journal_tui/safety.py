"""Whether a text speaks of someone being hurt. Then nobody is asked for the other side, and nothing is counted."""

from __future__ import annotations

import re

from journal_tui.text import fold

_HURTS = "|".join(
    r"hits? beats? slap\w* punch\w* kick\w* chok\w* strangl\w* shov\w* grabb?\w* bruis\w* threaten\w* stalk\w*".split()
)
_SOMEBODY = r"(?:him|her|them|my \w+|what (?:he|she|they))"
_WORDINGS = (
    # what somebody does to the writer
    rf"\b(?:{_HURTS}) (?:me|us|my (?:son|daughter|kids|child|children|mother|sister))\b",
    r"\b(?:raped?|assaulted|molested|abused) (?:me|us|by)\b",
    r"\b(?:he|she|they) (?:forced|forces) (?:me to have|himself on|herself on)\b",
    # fear of a person
    rf"\b(?:afraid|scared|frightened|terrified) (?:of {_SOMEBODY}|he|she|they|to go home)\b",
    r"\bfear(?:ed)? for my (?:life|safety)\b",
    # harm to oneself
    r"\b(?:kill\w*|hurt\w*|harm\w*|cut\w*) myself\b",
    r"\bsuicid\w*|\bself[- ]harm\w*|\bend (?:it all|my life)\b",
    r"\b(?:want|wanted|wish) (?:to die|i was dead|i were dead)\b",
    r"\bno reason to (?:live|go on)\b|\bbetter off without me\b",
)
_HARM = re.compile("|".join(_WORDINGS))
_ORDINARY = re.compile(
    r"\bcut myself (?:shaving|while|on|off|short|a|some)\b|\bhit me (?:that|how|like)\b|\bbeats me\b"
)


def speaks_of_harm(text: str) -> bool:
    """Whether `text` tells of violence, threat, fear of a person or self-harm. Careful rather than certain."""
    return _HARM.search(_ORDINARY.sub("", fold(text))) is not None
