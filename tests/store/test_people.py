"""Names that are one person: joined, parted, taken back, on several devices, kept safe."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import JournalError, Person, UsageError
from journal_tui.store.history import EDITS
from journal_tui.store.journal import Journal
from journal_tui.store.passphrase import open_vault, set_passphrase
from journal_tui.store.search import Filter
from journal_tui.store.storage import LogDB
from tests.conftest import Clock
from tests.store.sample import entry, log_of, promise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(folder: Path, clock: Clock) -> Journal:
    return Journal(folder, clock=clock)


def joined(journal: Journal) -> list[tuple[str, ...]]:
    return [(person.name, *person.also) for person in journal.people.all()]


def test_two_names_become_one_person(journal: Journal, folder: Path) -> None:
    assert journal.people.join(" @Ana ", "Annie") == Person(name="Ana", also=("Annie",))
    assert journal.people.join("Ruth", "my\nsister") == Person(name="Ruth", also=("my sister",))
    assert joined(journal) == joined(Journal(folder)) == [("Ana", "Annie"), ("Ruth", "my sister")]
    documents = LogDB(folder).table("people").all()
    assert [set(document) for document in documents] == [{"id", "name", "also"}] * 2
    assert len({document["id"] for document in documents}) == 2


def test_two_joined_groups_become_one_and_the_first_name_given_stands(journal: Journal) -> None:
    journal.people.join("Ana", "Annie")
    journal.people.join("Anna", "Änni")
    assert journal.people.join("annie", "Anna") == Person(name="annie", also=("Anna", "Ana", "Änni"))
    assert joined(journal) == [("annie", "Anna", "Ana", "Änni")]
    assert journal.people.join("Ana", "ANNA").name == "Ana"


def test_saying_it_again_changes_nothing(journal: Journal, folder: Path) -> None:
    journal.people.join("Ana", "Annie")
    before = log_of(folder).read_bytes()
    journal.people.join("Ana", "Annie")
    assert log_of(folder).read_bytes() == before


def test_a_name_stands_by_itself_again(journal: Journal) -> None:
    journal.people.join("Ana", "Annie")
    journal.people.join("Ana", "Anna")
    journal.people.part("ana")
    assert joined(journal) == [("Anna", "Annie")]
    journal.people.part("@annie")
    assert joined(journal) == []
    with pytest.raises(UsageError, match='"Annie" is joined with no other name'):
        journal.people.part("Annie")


@pytest.mark.parametrize(
    ("name", "other", "why"),
    [
        ("Ana", "ÁNA", "are the same name"),
        ("Mum", "my mom", "are the same name"),
        ("", "Ana", '"" is no name'),
        ("Ana", "@ \x1b", "is no name"),
        ("Ana", "x" * 81, "is too long for a name"),
    ],
)
def test_what_is_no_other_name_is_refused(journal: Journal, folder: Path, name: str, other: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as error:
        journal.people.join(name, other)
    assert "\x1b" not in str(error.value)
    assert not folder.exists()


def test_undo_takes_each_step_back_and_names_it(journal: Journal) -> None:
    journal.add(entry("e1", "Stays."))
    journal.people.join("Ana", "Annie")
    journal.people.join("Ruth", "Ruthie")
    journal.people.join("Ana", "Ruthie")
    journal.people.part("Annie")
    steps = [joined(journal), *((journal.steps.undo(), joined(journal)) for _ in range(4))]
    assert steps == [
        [("Ana", "Ruthie", "Ruth")],
        ("“Annie” is joined as before", [("Ana", "Ruthie", "Annie", "Ruth")]),
        ("“Ana” and “Ruthie” are two again", [("Ana", "Annie"), ("Ruth", "Ruthie")]),
        ("“Ruth” and “Ruthie” are two again", [("Ana", "Annie")]),
        ("“Ana” and “Annie” are two again", []),
    ]
    assert [e.text for e in journal.entries()] == ["Stays."]


def test_taking_back_what_was_done_to_entries_leaves_people_alone(journal: Journal) -> None:
    journal.add(entry("e1", "One."))
    journal.delete(["e1"])
    journal.people.join("Ana", "Annie")
    assert journal.steps.undo(EDITS).endswith("is back")
    assert joined(journal) == [("Ana", "Annie")]
    with pytest.raises(JournalError, match="nothing to undo"):
        journal.steps.undo(EDITS)


def test_devices_that_each_joined_some_agree(folder: Path, tmp_path: Path, clock: Clock) -> None:
    one = Journal(folder, clock=clock, device="one")
    one.people.join("Ana", "Annie")
    other_folder = Path(shutil.copytree(folder, tmp_path / "other"))
    two = Journal(other_folder, clock=clock, device="two")
    clock.move(hours=1)
    one.people.join("Rita", "Ana")
    two.people.join("Annie", "Anna")
    two.people.join("Tom", "Thomas")
    shutil.copy(other_folder / "two.log", folder)
    shutil.copy(folder / "one.log", other_folder)
    assert joined(one) == joined(Journal(folder, device="one")) == joined(Journal(other_folder, device="two"))
    one.people.join("Thomas", "Anna")
    one.people.part("Ana")
    assert [set(names) & {"Ana", "Thomas", "Anna", "Tom"} for names in joined(Journal(folder))] == [
        {"Thomas", "Anna", "Tom"}
    ]


def test_a_name_between_two_groups_makes_them_one(journal: Journal, folder: Path) -> None:
    groups = [["Ana", "Annie"], ["Tom", "Thomas"], ["Rita", "Rit"], ["annie", "Rita"]]
    LogDB(folder).table("people").insert_multiple([{"name": name, "also": also} for name, *also in groups])
    assert joined(journal) == [("Ana", "Annie", "Rita", "Rit"), ("Tom", "Thomas")]


def test_entries_are_found_by_every_name(journal: Journal) -> None:
    journal.add(entry("e1", "Annie called."))
    journal.add(entry("e2", "Lunch with @Ana."))
    journal.add(entry("e3", "A long walk.", people=("Ana",)))
    journal.add(entry("e4", "My little sister wrote."))
    journal.add(entry("e5", "Banana bread, and Anatole."))
    found = {name: "".join(e.id[1] for e in journal.find(Filter(person=name))) for name in ("ana", "@Annie", "sister")}
    assert found == {"ana": "32", "@Annie": "1", "sister": "4"}
    journal.people.join("Ana", "Annie")
    journal.people.join("Annie", "my sister")
    for name in ("ana", "@Annie", "my sister", "sister", "ANÁ"):
        assert "".join(e.id[1] for e in journal.find(Filter(person=name))) == "4321"
        assert journal.count(Filter(person=name)) == 4
    assert "".join(e.id[1] for e in journal.find(Filter(person="ana", limit=2))) == "43"
    assert "".join(e.id[1] for e in journal.find(Filter(person="ana*"))) == "532"


def test_they_are_kept_as_safe_as_entries(folder: Path, clock: Clock, tmp_path: Path) -> None:
    set_passphrase(folder, "a long passphrase")
    key = open_vault(folder, "a long passphrase")
    journal = Journal(folder, clock=clock, key=key)
    journal.add(entry("e1", "One."))
    journal.people.join("Ana", "Annie")
    copy = journal.backup(tmp_path / "copy.zip")
    assert not any(b"Annie" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    journal.people.part("Ana")
    journal.people.join("Tom", "Thomas")
    journal.restore(copy)
    assert joined(journal) == [("Ana", "Annie"), ("Tom", "Thomas")]
    assert journal.check().problems == ()
    journal.trash.erase(["e1"])
    assert joined(Journal(folder, key=key)) == [("Ana", "Annie"), ("Tom", "Thomas")]


def test_what_is_no_person_is_told_and_left(journal: Journal, folder: Path) -> None:
    journal.people.join("Ana", "Annie")
    LogDB(folder).table("people").insert_multiple([{"name": 7}, {"name": "Tom"}, {"name": "Rita", "also": "R"}])
    assert joined(journal) == [("Ana", "Annie")]
    (said,) = journal.say_unreadable()
    assert said == "2 people with several names could not be read: journal-tui check shows them"
    assert [problem.help for problem in journal.check().problems] == [
        "it is left as it is; everything else is whole"
    ] * 2


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.booleans()), max_size=8))
def test_joined_and_parted_in_any_order_they_are_as_said(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bool]]
) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal"), device="one")
    groups: list[set[str]] = []
    for name, other, is_join in steps:
        if is_join and name != other:
            mine = [group for group in groups if group & {name, other}]
            groups = [group for group in groups if group not in mine] + [{name, other}.union(*mine)]
            assert journal.people.join(name, other).name == name
        elif not is_join and any(name in group for group in groups):
            groups = [group - {name} for group in groups]
            groups = [group for group in groups if len(group) > 1]
            journal.people.part(name)
        assert sorted(map(sorted, joined(journal))) == sorted(map(sorted, groups))


# -- promises, by their ids ------------------------------------------------------------------------


def test_a_promise_is_found_by_its_beginning_or_end(journal: Journal) -> None:
    made = [promise(f"e1-p{n or ''}", "e1", text=text) for n, text in enumerate(("Call.", "Walk."))]
    journal.add(entry("e1", "x"), commitments=made)
    journal.add(entry("e2", "y"), commitments=[promise("gone-p", "e2")])
    journal.delete(["e2"])
    assert [journal.promises.get(wanted).text for wanted in ("e1-p", "E1-P", "1-p1", " e1-p1 ")] == [
        "Call.",
        "Call.",
        "Walk.",
        "Walk.",
    ]
    for wanted, why in (
        ("e1-", r"fits 2 promises \(e1-p, e1-p1\)"),
        ("p1", "too short"),
        ("gone-p", "no promise has the id"),
        ("", "too short"),
    ):
        with pytest.raises(UsageError, match=why):
            journal.promises.get(wanted)
