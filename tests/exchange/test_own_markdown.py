"""Our own Markdown, read again: every entry by itself, with the words as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.exchange import out_csv, out_markdown, own_markdown
from journal_tui.exchange.contents import Contents
from journal_tui.exchange.record import LeftOut, Record
from journal_tui.model import Answer, Entry, Pillar
from tests.store.sample import ENTRIES, NOW, entry, promise

LIKE_OURS = st.sampled_from(
    (
        "## 21:10 · Trust",
        "## 2024-01-01 01:30",
        "## Trust",
        "## Entry",
        "> [!question] What?",
        "\\## 21:10",
        "> [!quote]",
        "> [!check] I did",
        "> [!todo] Call her. (by 2026-03-06): kept",
        "\\> [!todo]",
        "\\\\> [!check]",
        "[!question] What?",
        "\\[!todo]",
        ">",
        "> ",
        "---",
        "*x*",
    )
)
PLAIN = st.sampled_from(("words", "", " ", "> quoted", "# Title", "```", "> [!note] mine", "## Trusting", "> [!todos]"))
WORDS = st.lists(LIKE_OURS | PLAIN, min_size=1).map("\n".join)


def read(contents: Contents) -> list[Record | LeftOut]:
    found = []
    for name, text in out_markdown.files(contents):
        assert own_markdown.is_ours(text)
        for piece in own_markdown.read(text, name):
            assert isinstance(piece, Record | LeftOut)
            found.append(piece)
    return found


def plain(text: str) -> str:
    """As a text file holds it, with any white space as a blank."""
    return " ".join(
        "".join("\u2400" if c == "\0" else "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text).split()
    )


@given(st.lists(ENTRIES | st.builds(lambda words: entry("e1", words), WORDS), max_size=4))
def test_any_words_come_back(entries: list[Entry]) -> None:
    readable = [e for e in entries if not e.is_blank]
    order = {day: place for place, day in enumerate(dict.fromkeys(e.day for e in readable))}
    readable.sort(key=lambda e: order[e.day])
    for found, given_ in zip(read(Contents(entries=entries, made=NOW)), readable, strict=True):
        words = plain(out_csv.words(given_))
        assert isinstance(found, Record) is bool(words)
        if isinstance(found, Record):
            assert plain(found.text) == words
            assert (found.day, found.pillar, found.rating, found.starred) == (
                given_.day,
                given_.pillar,
                given_.rating,
                given_.starred,
            )
            wall = given_.moment.replace(tzinfo=None, second=0, microsecond=0) if given_.moment else None
            assert found.moment == wall


def of_day(entry: Entry) -> str:
    [(_, text)] = out_markdown.files(Contents(entries=[entry], made=NOW))
    return text


ANSWERS = st.builds(
    Answer,
    text=WORDS | st.just(""),
    ask=st.sampled_from(("", "What?")),
    choice=st.sampled_from(((), ("I did",), ("I did", "they did"))),
    quote=WORDS | st.just(""),
)


@given(st.lists(ANSWERS, max_size=4))
@example([Answer(quote="> [!check]", choice=("I did",)), Answer(text="Then.", ask="What?")])
def test_lines_that_look_like_ours_come_back_to_the_byte(answers: list[Answer]) -> None:
    given_ = (Answer(text="First."), *answers)
    [found] = read(Contents(entries=[entry("e1", answers=given_)], made=NOW))
    assert isinstance(found, Record)
    # Empty lines before a text and after it are not told from those that part the blocks.
    expected = (replace(answer, text=answer.text.strip("\n")) for answer in given_)
    assert found.answers == tuple(answer for answer in expected if answer.words)


@given(st.lists(PLAIN, min_size=1).map("\n".join))
def test_every_other_line_stands_in_the_file_as_it_was_written(words: str) -> None:
    assert of_day(entry("e1", f"Begin.\n{words}\nEnd.")).endswith(f"\nBegin.\n{words}\nEnd.\n")


def test_a_forged_file_with_headings_without_end_is_refused_at_once() -> None:
    forged = of_day(entry("e1", "Mine.")) + "## Trust\n" * 800_000
    [found] = own_markdown.read(forged, "2026-03-01.md")
    assert found == LeftOut(where="2026-03-01.md", why="it holds more than 100,000 entries: export fewer at a time")


def test_a_session_comes_back_with_its_questions() -> None:
    session = entry(
        "e1",
        day=date(2026, 2, 28),
        moment=datetime(2026, 3, 1, 1, 30, tzinfo=NOW.tzinfo),
        pillar=Pillar.WIN_WIN,
        rating=4,
        tags=("work", "quiet evening", "2024"),
        people=("Anna B", "Tom and Ben"),
        starred=True,
        answers=(
            Answer(text="Before all."),
            Answer(text="## 21:10\nFirst.\n\n\n\n  Second.", ask="What?", quote="Old\n\nwords."),
            Answer(ask="Who moved?", choice=("I did", "they did")),
            Answer(text="> cited\n> [!note] mine", ask="And?"),
        ),
    )
    [found] = read(Contents(entries=[session], commitments=[promise("p1", "e1")], made=NOW))
    assert isinstance(found, Record)
    assert found.answers == session.answers
    assert found.moment == datetime(2026, 3, 1, 1, 30)
    assert (found.tags, found.people) == (("work", "quiet-evening", "2024"), session.people)
    assert found.notes == (own_markdown.PROMISES,)


def test_what_was_added_by_hand_comes_too() -> None:
    [(name, text)] = out_markdown.files(Contents(entries=[entry("e1", "Mine.", pillar=Pillar.TRUST)], made=NOW))
    head, body = text.split("\n## Trust\n")
    by_hand = f"{head}\nAbove it all.\n\n## Trust\n{body}\nA line more.\n\n## 10:00\n\n## 11:00\n\nLater.\n"
    found = list(own_markdown.read(by_hand, name))
    assert [piece.text if isinstance(piece, Record) else piece for piece in found] == [
        "Above it all.",
        "Mine.\n\nA line more.",
        LeftOut(where="2026-03-01.md, line 16", why="it has no words"),
        "Later.",
    ]
