"""Whether a text speaks of someone being hurt. Then nobody is asked for the other side, and nothing is counted."""

from __future__ import annotations

import re
from collections.abc import Collection

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
# The same in German, folded: umlauts without their dots.
_DONE = "|".join(
    "geschlagen verprugelt getreten gewurgt geohrfeigt geschubst gesto(?:ß|ss)en bedroht gestalkt vergewaltigt"
    " missbraucht misshandelt eingesperrt".split()
)
_KIN = r"(?:mann|frau|vater|mutter|papa|mama|partner\w*|freund\w*|bruder|schwester|sohn|tochter|ex\w*|chef\w*|stief\w+)"
_US = r"(?:mich|uns|mein\w* (?:sohn|tochter|kind\w*|mutter|schwester|bruder)|die kinder)"
_GERMAN = (
    rf"\b{_US}(?: \w+){{0,4}} (?:{_DONE})\b",
    rf"\b(?:schlagt|schlug|schlagen|tritt|trat|wurgte?|ohrfeigt\w*|schubst\w*|bedroht\w*|verprugelt\w*|stalkt\w*"
    rf"|missbraucht\w*|vergewaltigt\w*) {_US}\b",
    rf"\b(?:(?:ich|wir) (?:wurden?|werden?|bin|sind)|(?:wurde|werde) ich)(?: \w+){{0,4}} (?:{_DONE})\b",
    rf"\bangst vor (?:ihm|ihr|ihnen|mein\w* {_KIN})\b",
    r"\bfurchtete? mich vor (?:ihm|ihr|ihnen|mein\w* \w+)\b",
    r"\bangst,? (?:dass (?:er|sie) (?:mich|uns|mir)|nach hause zu|um mein leben)\b",
    r"\bmir (?:\w+ ){0,3}(?:das leben (?:zu )?nehmen|(?:et)?was an(?:zu)?tun)\b",
    r"\bmich (?:\w+ ){0,3}(?:um(?:zu)?bringen|(?:zu )?toten|selbst (?:zu )?verletz\w*|(?:zu )?ritzen|geritzt)\b",
    r"\britze mich\b",
    r"\bsuizid\w*|\bselbstmord\w*|\bselbstverletz\w*",
    r"\b(?:will|wollte|mochte|mag) (?:nicht mehr (?:leben|da sein)|sterben|tot sein)\b",
    r"\bnicht mehr leben (?:will|wollte|mochte)\b|\bkeinen sinn mehr im leben\b",
    r"\bohne mich besser dran\b|\bbesser ohne mich\b",
)
_HARM = re.compile("|".join((*_WORDINGS, *_GERMAN)))
_ORDINARY = re.compile(
    r"\bcut myself (?:shaving|while|on|off|short|a|some)\b|\bhit me (?:that|how|like)\b|\bbeats me\b"
    r"|\bhabe mich (?:\w+ ){0,3}gesto(?:ß|ss)en\b|\b(?:schlagt|schlug) (?:mich|uns) (?:beim|im|in) \w+"
    r"|\b(?:mich|uns) (?:beim|im) \w+ geschlagen\b"
)


_CARING = frozenset("hit afraid scared unsafe threat* threaten* geschlagen angst bedroht*".split())
"""What the follow-ups listen for that look after the writer."""


def looks_after(mentions: Collection[str]) -> bool:
    """Whether a follow-up on these words is meant for one who is being hurt."""
    return not _CARING.isdisjoint(mentions)


def speaks_of_harm(text: str) -> bool:
    """Whether `text` tells of violence, threat, fear of a person or self-harm, in English or German. Careful rather
    than certain."""
    return _HARM.search(_ORDINARY.sub("", fold(text))) is not None
