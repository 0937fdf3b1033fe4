"""YAML to `Pack`: what is read, and what is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_tui.model import Condition, Depth, FollowUp, Kind, Option, Pack, Pillar, Prompt, Season
from journal_tui.packs.reader import MAX_FOLLOW_UP_DEPTH, read_pack
from journal_tui.strictyaml import FileFaults

PACKS = Path(__file__).parents[1] / "samples" / "packs"
GOOD = sorted((PACKS / "good").iterdir())
BAD = sorted((PACKS / "bad").iterdir())


def good(name: str) -> Pack:
    return read_pack(PACKS / "good" / f"{name}.yaml")


def faults(path: Path) -> list[str]:
    """``line:column: message`` of everything that is wrong in a file."""
    with pytest.raises(FileFaults) as error:
        read_pack(path)
    return [str(fault).removeprefix(f"{path}:") for fault in error.value.faults]


# -- the corpus ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_pack_is_read(path: Path) -> None:
    pack = read_pack(path)
    assert pack.prompts
    assert all(prompt.id.startswith(f"{pack.id}/") and prompt.ask for prompt in (*pack.prompts, *pack.closing))
    assert pack.file == str(path)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_pack_is_told_where_and_why(path: Path) -> None:
    """The first line of each file says what is to be told."""
    expected = path.read_text().splitlines()[0].removeprefix("# expect: ")
    found = faults(path)
    assert [fault for fault in found if fault.startswith(expected)], found
    assert found == sorted(found, key=lambda fault: tuple(map(int, fault.split(":")[:2])))


# -- what cannot be checked in ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "1:1: the file is empty"),
        ("id: p\ntitle: Caf\xe9\n".encode("latin-1"), "2:1: not UTF-8 text: save the file as UTF-8"),
        ("id: p\n".encode("utf-16"), "1:1: not UTF-8"),
        (b"# a remark\n" * 1_000_000, "1:1: larger than 512 KB"),
    ],
    ids=["empty", "latin-1", "utf-16", "11 MB"],
)
def test_a_file_that_is_no_text_for_us(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(content)
    assert faults(file)[0].startswith(told)


def test_a_chain_of_a_thousand_follow_ups_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    prompt = "  - {{id: q{0}, ask: What?, follow_ups: [{{if: {{person: true}}, then: q{1}}}]}}\n"
    for order in (range(3000), reversed(range(3000))):
        chain = "".join(prompt.format(n, (n + 1) % 3000) for n in order)
        file.write_text(f"id: p\ntitle: P\nprompts:\n{chain}")
        assert f"follow-ups go at most {MAX_FOLLOW_UP_DEPTH} deep" in " ".join(faults(file))


def test_a_question_without_a_name_that_leads_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("id: p\ntitle: P\nprompts: [{ask: What?, follow_ups: [{if: {person: true}, then: ''}]}]\n")
    assert faults(file) == ['3:11: the prompt has no "id"', "3:64: then is empty"]


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        read_pack(PACKS / "none.yaml")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("id: P!\npilar: trust\nprompts:\n  - ask: [a]\n    kind: slider\n  - {id: x, ask: y, depth: z}\n")
    assert [fault.split(" ")[0] for fault in faults(file)] == [
        "1:1:",
        "1:5:",
        "2:1:",
        "4:5:",
        "4:10:",
        "5:11:",
        "6:28:",
    ]


# -- what is read ----------------------------------------------------------------------------------


def test_a_pack_with_everything_about_it() -> None:
    pack = good("other-language")
    assert (pack.id, pack.title, pack.pillar, pack.language) == ("auf-deutsch", "Über Grenzen", Pillar.BOUNDARIES, "de")
    assert pack.opening == ("Du bist hier.",)
    assert pack.affirmations == ("Ein Nein darf leise sein.",)
    assert pack.sources == ("Gewaltfreie Kommunikation: M. Rosenberg",)
    assert pack.prompts == (Prompt(id="auf-deutsch/ja-oder-nein", ask="Wo hast du Ja gesagt und Nein gemeint? 🙂"),)
    assert not pack.own
    assert read_pack(PACKS / "good" / "flow.yaml", own=True).own


def test_what_is_not_said_has_its_default() -> None:
    pack = good("smallest")
    assert (pack.pillar, pack.language, pack.about, pack.closing) == (None, "en", "", ())
    assert pack.prompts == (Prompt(id="smallest/one", ask="What is one thing?", kind=Kind.TEXT, depth=Depth.MIDDLE),)


def test_text_is_put_on_one_line() -> None:
    assert good("folded").about == "Two lines that are one."
    assert good("folded").prompts[0].ask == "What stands on two lines?"
    assert good("quoted").title == "It's quoted"
    assert good("quoted").prompts[0] == Prompt(id="quoted/yes", ask="null")
    assert good("remarks").prompts[0].ask == "What is"


def test_every_kind_of_question() -> None:
    text, *_, choice = good("every-kind").prompts
    assert (text.help, text.example) == ("Short is fine.", "It rained, and we walked.")
    assert [prompt.kind for prompt in good("every-kind").prompts] == ["text", "list", "scale", "promise", "choice"]
    assert choice.options == (
        Option(key="m", label="My way", signal="they_gave_way"),
        Option(key="t", label="Their way", signal="gave_way"),
        Option(key="3", label="A third way"),
    )


def test_depth_and_tags() -> None:
    light, deep = good("pillar").prompts
    assert (light.depth, deep.depth, deep.tags) == (Depth.LIGHT, Depth.DEEP, ("openness", "good"))


def test_follow_ups_become_prompts_after_their_question() -> None:
    pack = good("follow-ups")
    names = [prompt.id.removeprefix("follow-ups/") for prompt in pack.prompts]
    assert names == ["first", "second", "third", "fourth", "other", "rated", "clear", "unclear"]
    assert [name for name, p in zip(names, pack.prompts, strict=True) if p.only_follow_up] == [
        "second",
        "third",
        "fourth",
        "clear",
        "unclear",
    ]
    assert pack.prompts[0].follow_ups == (
        FollowUp(
            when=Condition(mentions=("sorr*", "not at all"), longer_than=2, shorter_than=500),
            prompt="follow-ups/second",
        ),
        FollowUp(when=Condition(longer_than=0), prompt="follow-ups/other"),
    )
    assert pack.prompts[2].follow_ups[0].when == Condition(person=False)
    assert [f.when for f in pack.prompts[5].follow_ups] == [Condition(rating_at_least=4), Condition(rating_at_most=2)]


def test_closing_questions() -> None:
    moved, eyes = good("closing").closing
    assert (moved.kind, moved.fitting) == (Kind.CHOICE, Condition(person=True, longer_than=5))
    assert [option.signal for option in moved.options] == ["gave_way", "they_gave_way"]
    assert (eyes.kind, eyes.signal, eyes.signal_if_empty) == (Kind.TEXT, "saw_their_side", "their_side_blank")
    assert good("closing").prompt("closing/their-eyes") == eyes
    assert good("closing").prompt("closing/none") is None


def test_seasons() -> None:
    seasons = [prompt.season for prompt in good("seasons").prompts]
    assert seasons == [Season(), Season(weekdays=(0,)), Season(after_entries=30, weekdays=(5, 6))]
