"""An entry as one text to edit, and back.

With one answer the document is that answer. With several, each stands under its question as a heading line::

    # What did you say?

    That I would call on Sunday.
"""

from __future__ import annotations

from dataclasses import replace

from journal_tui.model import Answer, Entry, tidy_tags
from journal_tui.text import hashtags

UNASKED = "Free writing"
"""Heading of an answer to no question."""


def _written(entry: Entry) -> list[int]:
    """Places of the answers that hold text; the others (chosen, skipped) are not edited here."""
    return [place for place, answer in enumerate(entry.answers) if answer.text]


def _heading(answer: Answer) -> str:
    return f"# {' '.join(answer.ask.split()) or UNASKED}"


def to_document(entry: Entry) -> str:
    """The words of `entry` as a document; it ends with a line feed."""
    answers = [entry.answers[place] for place in _written(entry)]
    if len(answers) < 2:
        return "".join(f"{answer.text}\n" for answer in answers)
    return "\n".join(f"{_heading(answer)}\n\n{answer.text}\n" for answer in answers)


def from_document(text: str, entry: Entry) -> Entry:
    """`entry` with the words of an edited document; everything else stays, but for hashtags added or removed.

    The document is split at the heading lines of `to_document`, met in their order. Any other line is the
    writer's: where a heading was removed, the text below it joins the answer above, and its own answer is empty.
    """
    if text == to_document(entry):
        return entry
    written = _written(entry)
    if len(written) < 2:
        texts = [text.removesuffix("\n")]
    else:
        texts = _split(text, [_heading(entry.answers[place]) for place in written])
    answers = list(entry.answers)
    if written:
        for place, new in zip(written, texts, strict=True):
            answers[place] = replace(answers[place], text=new)
    else:
        answers += [Answer(text=new) for new in texts if new]
    edited = replace(entry, answers=tuple(answers))
    return replace(edited, tags=_tags(entry, edited))


def _split(text: str, headings: list[str]) -> list[str]:
    """The text below each of `headings`; what stands above the first one belongs to it."""
    bodies: list[list[str]] = [[] for _ in headings]
    at, found = 0, False
    for line in text.split("\n"):
        following = headings.index(line.rstrip(), at + found) if line.rstrip() in headings[at + found :] else None
        if following is None:
            bodies[at].append(line)
        else:
            at, found = following, True
    return ["\n".join(_without_frame(body)) for body in bodies]


def _without_frame(lines: list[str]) -> list[str]:
    """Without the one empty line before and after an answer that `to_document` puts there."""
    if lines and not lines[0].strip():
        lines = lines[1:]
    return lines[:-1] if lines and not lines[-1].strip() else lines


def _tags(before: Entry, after: Entry) -> tuple[str, ...]:
    """The tags of `before`, without hashtags that were taken out of the text and with those put in."""
    old, new = hashtags(before.text), hashtags(after.text)
    kept = [tag for tag in before.tags if tag in new or tag not in old]
    return tidy_tags([*kept, *(tag for tag in new if tag not in old)])
