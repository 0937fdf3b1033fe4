"""Everything out, everything back: the journal's own JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.exchange.contents import gather
from journal_tui.exchange.send_out import FORMS, render
from journal_tui.model import (
    Answer,
    Commitment,
    Entry,
    JournalError,
    Judgement,
    Outcome,
    Pillar,
    Source,
    Status,
    Verdict,
)
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter
from tests.store.sample import COMMITMENTS, ENTRIES, JUDGEMENTS, NOW, TEXT, entry, promise


def exported(journal: Journal, to: Path) -> Path:
    to.write_bytes(render(FORMS["json"], gather(journal, Filter())))
    return to


def journal_in(folder: Path) -> Journal:
    return Journal(folder, clock=lambda: NOW)


def brought(journal: Journal, file: Path) -> Plan:
    found = plan(journal, file)
    carry_out(journal, found)
    return found


@settings(max_examples=25)
@given(
    st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.id),
    st.lists(COMMITMENTS, max_size=3, unique_by=lambda promise: promise.id),
    st.lists(JUDGEMENTS, max_size=3, unique_by=lambda judgement: (judgement.kind, judgement.target)),
    st.data(),
)
def test_any_journal_comes_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory,
    entries: list[Entry],
    promises: list[Commitment],
    judgements: list[Judgement],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("whole")
    here = journal_in(folder / "here")
    ids = st.sampled_from([entry.id for entry in entries]) if entries else st.nothing()
    made = [replace(p, id=f"p{n}", entry=data.draw(ids)) for n, p in enumerate(promises)] if entries else []
    here.imports.bring_in(entries, made, judgements=judgements)
    before = exported(here, folder / "before.json")
    before.read_bytes().decode("ascii")
    there = journal_in(folder / "there")
    found = brought(there, before)
    assert found.left_out == ()
    assert exported(there, folder / "after.json").read_bytes() == before.read_bytes()
    again = plan(there, before)
    assert (again.is_empty, again.already_there, again.left_out) == (True, len(entries), ())


@pytest.fixture
def lived(tmp_path: Path) -> Journal:
    return a_life(tmp_path / "lived")


@pytest.fixture(scope="module")
def export_of_a_life(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("life")
    return exported(a_life(folder), folder / "out.json").read_bytes()


def a_life(folder: Path) -> Journal:
    """A journal with something of everything."""
    journal = journal_in(folder)
    answered = entry(
        "e1",
        moment=datetime.fromisoformat("2026-03-01T21:10:05.25+05:45"),
        pillar=Pillar.TRUST,
        rating=5,
        tags=("work",),
        people=("Anna",),
        starred=True,
        edited=NOW,
        source=Source(format="jsonl", fingerprint="f" * 64, file="old.jsonl"),
        answers=(
            Answer(text="I gave in again.", prompt="trust/one", ask="What?", quote="Old words.", quoted="e2"),
            Answer(prompt="trust/two", ask="Who moved?", choice=("I did",), signals=("gave_way",)),
            Answer(prompt="trust/three", ask="And?", skipped=True),
        ),
    )
    blank = entry("e3", answers=(Answer(prompt="trust/four", ask="Why?", skipped=True),))
    journal.imports.bring_in(
        [answered, entry("e2", "Old words.", day=None), blank], [promise("p1", "e1"), promise("p2", "e3")]
    )
    journal.promises.answer({"p1": Outcome(on=date(2026, 3, 2), status=Status.NOT_YET, ask_again=date(2026, 3, 9))})
    journal.people.join("Mum", "Mother Superior")
    journal.people.join("Anna", "Nan")
    journal.judgements.add(Judgement(kind="self_silencing", target="Anna", verdict=Verdict.PARTLY, on=date(2026, 3, 1)))
    journal.judgements.add(
        Judgement(kind="self_silencing", target="Anna", verdict=Verdict.RINGS_TRUE, on=date(2026, 3, 2))
    )
    journal.marks.add("e1", "gave in again", "gave_way", on=date(2026, 3, 1))
    return journal


def test_everything_beside_the_words_comes_back(lived: Journal, tmp_path: Path) -> None:
    file = exported(lived, tmp_path / "out.json")
    there = journal_in(tmp_path / "there")
    found = brought(there, file)
    assert found.lines() == [
        "out.json, read as journal-tui JSON",
        "new: 3 entries",
        "with them: 2 promises, 2 people with several names, 2 answers to patterns and 1 marked passage",
        "without a date: 1 of them",
    ]
    assert there.entries() == lived.entries()
    assert there.promises.all() == lived.promises.all()
    assert (there.people.all(), there.judgements.all(), there.marks.all()) == (
        lived.people.all(),
        lived.judgements.all(),
        lived.marks.all(),
    )
    assert exported(there, tmp_path / "again.json").read_bytes() == file.read_bytes()
    for journal in (there, lived):
        assert plan(journal, file).lines()[1:] == ["new: 0 entries", "already in the journal: 3"]
    there.steps.undo()
    assert (there.entries(), there.people.all(), there.judgements.all(), there.marks.all()) == ([], [], [], [])


def test_what_happened_here_since_stays(lived: Journal, tmp_path: Path) -> None:
    file = exported(lived, tmp_path / "out.json")
    lived.replace(entry("e2", "New words."))
    lived.delete(["e3"])
    lived.marks.remove(lived.marks.all()[0].id)
    lived.promises.answer({"p1": Outcome(on=date(2026, 3, 9), status=Status.KEPT)})
    lived.judgements.add(Judgement(kind="self_silencing", target="Anna", verdict=Verdict.NOT_ME, on=date(2026, 3, 3)))
    before = exported(lived, tmp_path / "before.json").read_bytes()
    found = brought(lived, file)
    assert [(piece.where, piece.why) for piece in found.left_out] == [
        ("entries 1", "it was changed here since: it is left as it is"),
        ("entries 2", "it is in the trash here"),
        ("commitments 1", "it was answered or changed here since: it is left as it is"),
    ]
    assert exported(lived, tmp_path / "after.json").read_bytes() == before
    lived.trash.erase(["e3"])
    assert plan(lived, file).left_out[1].why == "it was erased for good here"


def test_a_later_export_adds_what_is_new(lived: Journal, tmp_path: Path) -> None:
    there = journal_in(tmp_path / "there")
    brought(there, exported(lived, tmp_path / "out.json"))
    lived.add(entry("e9", "More."), commitments=[promise("p9", "e9")])
    assert brought(there, exported(lived, tmp_path / "out.json")).lines()[1:] == [
        "new: 1 entry",
        "with them: 1 promise",
        "already in the journal: 3",
    ]
    assert there.promises.all() == lived.promises.all()


def test_two_imports_at_once_bring_it_in_once(tmp_path: Path) -> None:
    here = journal_in(tmp_path / "here")
    here.add(entry("e1", "Written here, so only its id tells."))
    file = exported(here, tmp_path / "out.json")
    there = journal_in(tmp_path / "there")
    first, second = plan(there, file), plan(there, file)
    carry_out(there, first)
    with pytest.raises(JournalError, match="something else was imported meanwhile, nothing was brought in"):
        carry_out(there, second)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"journal-tui export": 2}, "was written by another version of journal-tui"),
        ({"entries": {}}, "has no list of entries"),
        ({"marks": 3}, "has no list of marks"),
    ],
)
def test_another_shape_is_one_line(lived: Journal, tmp_path: Path, change: dict[str, object], line: str) -> None:
    file = exported(lived, tmp_path / "out.json")
    file.write_text(json.dumps(json.loads(file.read_bytes()) | change))
    with pytest.raises(JournalError, match=line):
        plan(lived, file)


AMISS = (
    ("entries", {"rating": True}, 'its "rating" should be a whole number from 1 to 5'),
    ("entries", {"rating": 1e400}, 'its "rating" should be a whole number from 1 to 5'),
    ("entries", {"source": {"format": "", "fingerprint": "f"}}, 'its "source" should be an object with format and'),
    ("entries", {"starred": "no"}, 'its "starred" should be true or false'),
    ("entries", {"answers": [{"text": "x", "skipped": "no"}]}, 'its "answers" should be a list of answers'),
    ("entries", {"answers": [{"text": ["deep"]}]}, 'its "answers" should be a list of answers'),
    ("entries", {"tags": [1]}, 'its "tags" should be a list of texts'),
    ("entries", {"day": "2026-02-30"}, 'its "day" should be a day such as 2026-03-01'),
    ("entries", {"pillar": "trst"}, 'its "pillar" should be one of respect, boundaries,'),
    ("entries", {"created": "yesterday"}, 'its "created" should be a time such as'),
    ("entries", {"id": "a\0b"}, 'its "id" should be letters, digits, - and _, 64 at most'),
    ("commitments", {"id": ""}, 'its "id" should be letters, digits'),
    ("commitments", {"id": "../../etc"}, 'its "id" should be letters, digits'),
    ("commitments", {"text": ""}, 'its "text" should be a text'),
    ("commitments", {"outcomes": [{"on": "2026-03-01", "status": "done"}]}, 'its "outcomes" should be a list, each'),
    ("people", {"name": ""}, 'its "name" should be a text that is not empty'),
    ("people", {"also": "Nan"}, 'its "also" should be a list of texts'),
    ("judgements", {"kind": ""}, 'its "kind" should be a text that is not empty'),
    ("judgements", {"verdict": "yes"}, 'its "verdict" should be one of rings true, partly, not me and not now'),
    ("marks", {"id": "\ud800"}, 'its "id" should be letters, digits'),
    ("marks", {"words": ""}, 'its "words" should be a text that is not empty'),
)


def test_what_would_not_be_read_again_is_left_out_with_its_field(lived: Journal, tmp_path: Path) -> None:
    data = json.loads(exported(lived, tmp_path / "out.json").read_bytes())
    expected = []
    for table, change, why in AMISS:
        data[table].append(data[table][0] | change)
        expected.append((f"{table} {len(data[table])}", why))
    data["entries"].append({"created": "2026-03-01T21:10:05"})
    expected.append((f"entries {len(data['entries'])}", 'it has no "id": letters, digits'))
    (tmp_path / "odd.json").write_text(json.dumps(data).replace("Infinity", "1e400"))
    there = journal_in(tmp_path / "there")
    found = brought(there, tmp_path / "odd.json")
    told = {piece.where: piece.why for piece in found.left_out}
    assert told.keys() == {where for where, _ in expected}
    for where, why in expected:
        assert told[where].startswith(why)
    assert there.entries() == lived.entries()


ANY_JSON = st.sampled_from(("", True, 1e300, [], {})) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("text", "on")), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=40)
@given(st.data())
def test_whatever_comes_in_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory, export_of_a_life: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    export: dict[str, Any] = json.loads(export_of_a_life)
    for _ in range(data.draw(st.integers(1, 3))):
        table = data.draw(st.sampled_from(("entries", "commitments", "people", "judgements", "marks")))
        document = data.draw(st.sampled_from(export[table]))
        document[data.draw(st.sampled_from(sorted(document)))] = data.draw(ANY_JSON)
    (folder / "odd.json").write_text(json.dumps(export))
    brought(journal_in(folder / "there"), folder / "odd.json")
    again = journal_in(folder / "there")
    again.entries(), again.promises.all(), again.people.all(), again.judgements.all(), again.marks.all()
    assert again.check().problems == ()
    assert again.unreadable == ()
    assert again.say_unreadable() == ()


def test_pieces_that_are_none_are_left_out_and_the_rest_comes(lived: Journal, tmp_path: Path) -> None:
    data = json.loads(exported(lived, tmp_path / "out.json").read_bytes())
    data["entries"] += [3, {"id": "../x"}, data["entries"][0], {"id": "n1", "created": "yesterday"}]
    data["commitments"] += [{"id": "p8", "entry": "nowhere", "text": "x", "made": "2026-01-01"}]
    (tmp_path / "odd.json").write_text(json.dumps(data))
    found = plan(journal_in(tmp_path / "there"), tmp_path / "odd.json")
    assert (len(found.entries), [piece.where for piece in found.left_out]) == (
        3,
        ["entries 4", "entries 5", "entries 7", "entries 6", "commitments 3"],
    )
