"""What the writer says to the mirror: answers to patterns, and words marked as examples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Judgement, UsageError, Verdict
from journal_tui.store.history import EDITS, JUDGEMENTS, MARKS
from journal_tui.store.journal import Journal
from journal_tui.store.passphrase import open_vault, set_passphrase
from journal_tui.store.search import standing_in
from journal_tui.store.storage import LogDB
from tests.conftest import Clock
from tests.store.sample import TODAY, entry, log_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(folder: Path, clock: Clock) -> Journal:
    return Journal(folder, clock=clock)


def said(verdict: Verdict, kind: str = "one_sided_compromise", target: str = "") -> Judgement:
    return Judgement(kind=kind, target=target, verdict=verdict, on=TODAY)


def marked(journal: Journal) -> list[tuple[str, str, str]]:
    return [(mark.entry, mark.words, mark.signal) for mark in journal.marks.all()]


def words_on_disk(folder: Path, words: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]


# -- answers to patterns ---------------------------------------------------------------------------


def test_answers_are_all_kept_in_their_order(journal: Journal, folder: Path, clock: Clock) -> None:
    given = [
        said(Verdict.RINGS_TRUE),
        said(Verdict.NOT_ME, "person_negative", "my sister"),
        said(Verdict.NOT_NOW),
        said(Verdict.NOT_NOW),
    ]
    for judgement in given:
        journal.judgements.add(judgement)
        clock.move(hours=1)
    assert journal.judgements.all() == Journal(folder).judgements.all() == given
    documents = LogDB(folder).table("judgements").all()
    assert len({document.pop("id") for document in documents}) == 4
    assert documents[:2] == [
        {"kind": "one_sided_compromise", "verdict": "rings true", "on": TODAY.isoformat()},
        {"kind": "person_negative", "target": "my sister", "verdict": "not me", "on": TODAY.isoformat()},
    ]


def test_undo_takes_answers_and_marks_back_one_by_one(journal: Journal) -> None:
    journal.add(entry("e1", "I said yes again. We left it at that."))
    journal.judgements.add(said(Verdict.PARTLY))
    journal.judgements.add(said(Verdict.NOT_ME, "person_negative", "my_sister"))
    journal.marks.add("e1", "I said yes", "gave_way")
    journal.marks.add("e1", "left it at that", "still_open")
    journal.marks.remove(journal.marks.all()[0].id)
    steps = [
        (journal.steps.undo(), len(journal.judgements.all()), [words for _, words, _ in marked(journal)])
        for _ in range(5)
    ]
    assert steps == [
        ("“I said yes” is marked again", 2, ["I said yes", "left it at that"]),
        ("“left it at that” is no longer marked", 2, ["I said yes"]),
        ("“I said yes” is no longer marked", 2, []),
        ("What was last said about “person_negative:my_sister” is taken back", 1, []),
        ("What was last said about “one_sided_compromise” is taken back", 0, []),
    ]
    assert [e.id for e in journal.entries()] == ["e1"]
    assert journal.check().problems == ()


def test_each_kind_is_taken_back_by_itself(journal: Journal) -> None:
    journal.add(entry("e1", "I said yes again."))
    journal.marks.add("e1", "I said yes", "gave_way")
    journal.judgements.add(said(Verdict.PARTLY))
    journal.delete(["e1"])
    journal.steps.undo(MARKS)
    journal.steps.undo(JUDGEMENTS)
    assert (journal.judgements.all(), [thrown.entry.id for thrown in journal.trash.all()]) == ([], ["e1"])
    assert journal.steps.undo(EDITS).endswith("is back")
    assert marked(journal) == []


# -- marks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("I said “yes”", "I said “yes”"),
        ('  i SAID "yes"\n', "I said “yes”"),
        ("yes” then gave", "yes”\n  then gave"),
        ("ete\u0301 the", "été the"),
        ("ETE", "été"),
        ("Zweite", "Zweite"),
    ],
)
def test_words_are_kept_as_they_stand_in_the_entry(journal: Journal, given: str, kept: str) -> None:
    answers = (Answer(text="I said “yes”\n  then gave. L'été the film."), Answer(text="Zweite Antwort."))
    journal.add(entry("0000e1", answers=answers))
    mark = journal.marks.add("0e1", given, "gave_way")
    assert (mark.words, mark.entry, mark.signal, mark.on) == (kept, "0000e1", "gave_way", TODAY)
    assert journal.marks.all() == [mark]
    assert mark.words in journal.get("0000e1").text


@given(st.text(st.sampled_from("aÀßİſ ’“\n.ﬁ\u0301"), max_size=12), st.integers(0, 11), st.integers(1, 12))
def test_what_is_found_stands_in_the_text(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    found = standing_in(text, words.upper())
    assert found in text
    if words.strip():
        assert standing_in(text, words) == words.strip()


@pytest.mark.parametrize(
    ("id", "words", "signal", "why"),
    [
        ("0000e1", "I said no", "gave_way", '"I said no" does not stand in entry 0000e1: give words as `journal-tui'),
        ("0000e1", " .* ", "gave_way", r'"\.\*" is too short to be known again'),
        ("0000e1", "", "gave_way", "too short"),
        ("0000e1", "I said yes", "gave_wy", r'no signal is called "gave_wy" \(did you mean "gave_way"\?\): choose'),
        ("zzzz", "I said yes", "gave_way", 'no entry has the id "zzzz"'),
        ("0000e2", "thrown", "gave_way", "is in the trash"),
    ],
)
def test_what_cannot_be_marked_is_refused(
    journal: Journal, folder: Path, id: str, words: str, signal: str, why: str
) -> None:
    journal.add(entry("0000e1", "I said yes again."))
    journal.add(entry("0000e2", "To be thrown away."))
    journal.delete(["0000e2"])
    before = log_of(folder).read_bytes()
    with pytest.raises(UsageError, match=why) as error:
        journal.marks.add(id, words, signal)
    assert str(error.value).isprintable()
    assert log_of(folder).read_bytes() == before


def test_marking_it_again_changes_nothing(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1aa", "I said yes again."))
    first = journal.marks.add("e1aa", "I said yes", "gave_way")
    before = log_of(folder).read_bytes()
    assert journal.marks.add("e1aa", "i said YES", "gave_way") == first
    assert log_of(folder).read_bytes() == before
    journal.marks.add("e1aa", "I said yes", "kept_quiet")
    assert len(journal.marks.all()) == 2


def test_a_mark_shows_while_its_words_stand(journal: Journal) -> None:
    journal.add(entry("e1aa", "I said yes again."))
    mark = journal.marks.add("e1aa", "I said yes", "gave_way")
    seen = []
    for text in ("I said  yes again.", "Well, I said yes."):
        journal.replace(entry("e1aa", text))
        seen.append(marked(journal))
    journal.delete(["e1aa"])
    seen.append(marked(journal))
    journal.trash.put_back(["e1aa"])
    assert seen == [[], [("e1aa", "I said yes", "gave_way")], []]
    assert journal.marks.all() == [mark]


def test_a_mark_is_named_by_its_id(journal: Journal) -> None:
    journal.add(entry("e1aa", "I said yes again."))
    one, two = journal.marks.add("e1aa", "I said", "gave_way"), journal.marks.add("e1aa", "yes again", "gave_way")
    assert journal.marks.remove(two.id[-6:]) == two
    assert journal.marks.all() == [one]
    for wanted, why in ((two.id, "no mark has the id"), ("zzzz", "`journal-tui marks` shows"), ("z", "too short")):
        with pytest.raises(UsageError, match=why):
            journal.marks.remove(wanted)


# -- kept safe -------------------------------------------------------------------------------------


def test_they_are_kept_as_safe_as_entries(folder: Path, clock: Clock, tmp_path: Path) -> None:
    set_passphrase(folder, "a long passphrase")
    key = open_vault(folder, "a long passphrase")
    journal = Journal(folder, clock=clock, key=key)
    journal.add(entry("e1", "I said yes again."))
    first = said(Verdict.RINGS_TRUE, "person_negative", "my sister")
    journal.judgements.add(first)
    mark = journal.marks.add("e1", "I said yes", "gave_way")
    copy = journal.backup(tmp_path / "copy.zip")
    assert words_on_disk(folder, b"gave_way") == words_on_disk(folder, b"my sister") == []
    journal.marks.remove(mark.id)
    journal.steps.undo(JUDGEMENTS)
    clock.move(hours=1)
    journal.judgements.add(said(Verdict.NOT_NOW))
    journal.restore(copy)
    assert journal.judgements.all() == [first, said(Verdict.NOT_NOW)]
    assert journal.marks.all() == Journal(folder, key=key).marks.all() == [mark]
    assert journal.check().problems == ()
    new = Journal(tmp_path / "new")
    new.restore(copy, lambda: "a long passphrase")
    assert (new.judgements.all(), new.marks.all()) == ([first], [mark])


def test_devices_see_what_each_said(folder: Path, tmp_path: Path, clock: Clock) -> None:
    one = Journal(folder, clock=clock, device="one")
    one.add(entry("e1", "I said yes again."))
    there = Path(shutil.copytree(folder, tmp_path / "other"))
    two = Journal(there, clock=clock, device="two")
    for journal, verdict, signal in ((one, Verdict.PARTLY, "gave_way"), (two, Verdict.NOT_ME, "kept_quiet")):
        clock.move(hours=1)
        journal.judgements.add(said(verdict))
        journal.marks.add("e1", "I said yes", signal)
    shutil.copy(there / "two.log", folder)
    shutil.copy(folder / "one.log", there)
    for journal in (one, two, Journal(folder)):
        assert [judgement.verdict for judgement in journal.judgements.all()] == [Verdict.PARTLY, Verdict.NOT_ME]
        assert [signal for *_, signal in marked(journal)] == ["gave_way", "kept_quiet"]


def test_what_cannot_be_read_is_told_and_left(journal: Journal, folder: Path) -> None:
    journal.judgements.add(said(Verdict.PARTLY))
    LogDB(folder).table("judgements").insert({"kind": "say_do_gap", "verdict": "perhaps", "on": TODAY.isoformat()})
    LogDB(folder).table("marks").insert({"id": "m1", "entry": "e1", "words": 7})
    assert (journal.judgements.all(), journal.marks.all()) == ([said(Verdict.PARTLY)], [])
    assert set(journal.say_unreadable()) == {
        "1 answer to a pattern could not be read: journal-tui check shows it",
        "1 mark could not be read: journal-tui check shows it",
    }
    assert len(journal.check().problems) == 2


# -- erased ----------------------------------------------------------------------------------------


def test_erasing_an_entry_erases_its_marks_everywhere(journal: Journal, folder: Path, clock: Clock) -> None:
    journal.add(entry("e1", "Stays here."))
    journal.add(entry("e2", "Goes away, and goes for good, going."))
    journal.marks.add("e1", "Stays", "settled")
    journal.marks.add("e2", "Goes away", "gave_way")
    journal.marks.remove(journal.marks.add("e2", "goes for good", "gave_way").id)
    journal.marks.add("e2", "going", "gave_way")
    journal.steps.undo()
    journal.backup()
    clock.move(days=1)
    journal.judgements.add(said(Verdict.PARTLY))
    journal.trash.erase(["e2"])
    assert marked(journal) == [("e1", "Stays", "settled")]
    for words in (b"Goes", b"goes", b"going"):
        assert words_on_disk(folder, words) == []
    for copy in journal.backups():
        Journal(new := folder.parent / copy.path.stem).restore(copy.path)
        assert words_on_disk(new, b"oes ") == words_on_disk(new, b"going") == []
    assert (journal.check().problems, journal.troubles) == ((), ())
    journal.steps.undo()
    assert journal.judgements.all() == []


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_mark_that_another_device_made_meanwhile_goes_too(
    folder: Path, tmp_path: Path, clock: Clock, *, is_removed: bool
) -> None:
    one = Journal(folder, clock=clock, device="one")
    one.add(entry("e1", "Goes away."))
    there = Path(shutil.copytree(folder, tmp_path / "other"))
    two = Journal(there, clock=clock, device="two")
    mark = two.marks.add("e1", "goes away", "gave_way")
    if is_removed:
        two.marks.remove(mark.id)
    one.trash.erase(["e1"])
    for log in folder.glob("*.log"):
        shutil.copy(log, there)
    assert (two.entries(), two.marks.all()) == ([], [])
    two.judgements.add(said(Verdict.PARTLY))
    assert two.steps.undo().startswith("What was last said about")
    assert words_on_disk(there, b"Goes") == []
    clock.move(days=1)
    two.judgements.add(said(Verdict.NOT_NOW))
    two.steps.undo()
    assert words_on_disk(there, b"Goes") == []
    assert (two.judgements.all(), two.check().problems, two.troubles) == ([], (), ())
