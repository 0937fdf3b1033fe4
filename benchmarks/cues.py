"""How the cues do on sentences by other hands: what they hear of what is there, and what they hear wrongly, by signal.

    python -m benchmarks.cues [FOLDER] [--signal NAME] [--missed] [--ordinary FILE] [--write FILE]

The voices are files of sentences written apart from the cues (``tests/insights/voices``: ``seen`` were there while cues
were written, ``held`` were not). False alarms are counted on near misses (the same words saying something else), on
sentences of other signals, and on ordinary diary sentences, if a file of them is given.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal_tui.insights.hearing import hear

VOICES = Path(__file__).parents[1] / "tests" / "insights" / "voices" / "held"
PEOPLE = (
    ("Dana", "she"),
    ("my sister", "she"),
    ("Tom", "he"),
    ("my boss", "he"),
    ("Priya", "she"),
    ("my husband", "he"),
)
FORMS = {"she": ("she", "her", "her"), "he": ("he", "him", "his")}
THEMES = ("money", "the dishes", "being late", "the holiday plans", "bedtime", "our savings")

Voices = Mapping[str, Mapping[str, Any]]


@dataclass
class Heard:
    """What was heard of one signal; each a voice and a sentence."""

    found: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)
    near: list[tuple[str, str]] = field(default_factory=list)
    """Near misses that were heard."""
    near_misses: int = 0
    others: list[tuple[str, str]] = field(default_factory=list)
    """Sentences of other signals, with the name of that signal."""


def filled(template: str, number: int) -> str:
    """A sentence with somebody in it, and something it is about."""
    person, gender = PEOPLE[number % len(PEOPLE)]
    he, him, his = FORMS[gender]
    words = {
        "{T}": THEMES[number % 6],
        "{P}": person,
        "{he}": he,
        "{him}": him,
        "{his}": his,
        "{He}": he.capitalize(),
        "{His}": his.capitalize(),
    }
    for mark, word in words.items():
        template = template.replace(mark, word)
    return template[0].upper() + template[1:]


def signals_of(text: str) -> set[str]:
    """What is heard in a text."""
    return {heard.signal for sentence in hear(text) for heard in sentence.heard}


def voices_in(folder: Path) -> Voices:
    """The voices of a folder by their names: ``positive`` and ``near_miss``, by signal, lists of sentences."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


def heard_in(voices: Voices) -> dict[str, Heard]:
    """What is heard of each signal."""
    found: defaultdict[str, Heard] = defaultdict(Heard)
    for name, voice in voices.items():
        for signal, lines in voice["positive"].items():
            for number, line in enumerate(lines):
                text = filled(line, number)
                signals = signals_of(text)
                (found[signal].found if signal in signals else found[signal].missed).append((name, text))
                for other in signals - {signal}:
                    found[other].others.append((signal, text))
        for signal, lines in voice["near_miss"].items():
            found[signal].near_misses += len(lines)
            texts = [filled(line, number) for number, line in enumerate(lines)]
            found[signal].near += [(name, text) for text in texts if signal in signals_of(text)]
    return {signal: heard for signal, heard in sorted(found.items()) if heard.found}


def share(part: int, whole: int) -> str:
    return f"{part:>6}/{whole:<5}{part / max(1, whole):>4.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voices", type=Path, nargs="?", default=VOICES)
    parser.add_argument("--signal", action="append", help="only this one; may be given several times")
    parser.add_argument("--missed", action="store_true", help="list what was missed, and each false alarm")
    parser.add_argument("--ordinary", type=Path, help="a file of {'s': sentence} a line")
    parser.add_argument("--write", type=Path, help="a file for the counts")
    options = parser.parse_args()
    voices = voices_in(options.voices)
    heard = heard_in(voices)
    lines = options.ordinary.read_text(encoding="utf-8").splitlines() if options.ordinary else []
    ordinary = [json.loads(line)["s"] for line in lines]
    alarms: defaultdict[str, list[str]] = defaultdict(list)
    for text in ordinary:
        for signal in signals_of(text):
            alarms[signal].append(text)
    total = sum(len(lines) for voice in voices.values() for lines in voice["positive"].values())
    print(f"{'signal':16} {'found':>15} {'near misses':>15} {'other signals':>15} {'ordinary':>15}   by voice")
    for signal in options.signal or heard:
        one = heard[signal]
        here = len(one.found) + len(one.missed)
        by_voice = Counter(voice for voice, _ in one.found)
        sizes = Counter(voice for voice, _ in [*one.found, *one.missed])
        columns = [
            share(len(one.found), here),
            share(len(one.near), one.near_misses),
            share(len(one.others), total - here),
            share(len(alarms[signal]), len(ordinary)),
        ]
        print(f"{signal:16}", *columns, "  ", *(f"{voice} {by_voice[voice] / sizes[voice]:.0%}" for voice in sizes))
        if options.missed:
            for what, rows in (("missed", one.missed), ("near miss heard", one.near), ("heard in", one.others)):
                for name, text in rows:
                    print(f"    {what} ({name}): {text}")
            for text in alarms[signal][:40]:
                print("    ordinary:", text)
    if options.write:
        counts = {s: {"found": len(one.found), "near": len(one.near)} for s, one in heard.items()}
        options.write.write_text(json.dumps({options.voices.name: counts}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
