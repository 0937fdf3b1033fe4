"""A pack in another language takes the place of ours, and everything it asks is asked in its words."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from journal_tui.cli.main import main
from journal_tui.model import SIGNALS, Depth, Kind, Pack, Pillar, Prompt
from journal_tui.packs.reader import read_pack
from journal_tui.paths import find_paths
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.session.wording import view_step
from journal_tui.world import open_world
from tests.cli.command_line import ROOT, Cli
from tests.packs.wording import is_double
from tests.session.sample import STARTED, TODAY

FILE = ROOT / "docs" / "packs" / "respekt.yaml"
NOT_SAID = re.compile(
    r"!|\b(?:solltest|hättest sollen|müsstest|schuld|faul|egoistisch|versagt|warum hast du|gib zu|sei ehrlich"
    r"|Ihnen|Ihre?n?|Trauma\w*|toxisch\w*|Narziss\w*|getriggert|Bindungsstil|achtsam\w*|inneres Kind)\b"
)


@pytest.fixture(scope="module")
def respekt() -> Pack:
    return read_pack(FILE, own=True)


@pytest.fixture
def german(tmp_path: Path) -> Cli:
    """The program with the German pack in the user's folder."""
    cli = Cli(tmp_path)
    (cli.home / "packs").mkdir(parents=True)
    shutil.copy(FILE, cli.home / "packs" / FILE.name)
    return cli


def session(pack: Pack, *questions: str) -> Session:
    asked = [pack.prompt(f"respect/{id}") for id in questions]
    return Session(id="s", started=STARTED, day=TODAY, pack=pack, questions=tuple(filter(None, asked)))


def then(pack: Pack, question: str, answer: str) -> str:
    """What is asked after `answer`: the id of the follow-up, or nothing."""
    asked = session(pack, question).write(answer)
    follow_ups = [step.id for step in asked.steps() if step.is_follow_up]
    return follow_ups[0].partition("/")[2] if follow_ups else ""


# -- the pack --------------------------------------------------------------------------------------


def test_it_is_a_whole_pack(respekt: Pack) -> None:
    asked = [prompt for prompt in respekt.prompts if not prompt.only_follow_up]
    assert (respekt.id, respekt.pillar, respekt.language) == ("respect", Pillar.RESPECT, "de")
    assert len(asked) >= 20
    assert all(sum(prompt.depth is depth for prompt in asked) >= 6 for depth in Depth)
    assert len(respekt.prompts) - len(asked) >= 15
    assert {Kind.TEXT, Kind.CHOICE, Kind.SCALE, Kind.LIST} <= {prompt.kind for prompt in asked}
    assert respekt.rating is not None
    assert len(respekt.rating.labels) == 5
    assert respekt.promise
    assert min(len(respekt.opening), len(respekt.affirmations), len(respekt.sources)) >= 4
    signals = {s for p in respekt.closing for s in (p.signal, p.signal_if_empty, *(o.signal for o in p.options))}
    assert signals - {""} <= set(SIGNALS)
    assert len(signals) >= 6


def test_it_is_kind_plain_and_asks_one_thing_at_a_time(respekt: Pack) -> None:
    prompts = (*respekt.prompts, *respekt.closing)
    said = [*respekt.opening, *respekt.affirmations, *(words for p in prompts for words in (p.ask, p.help))]
    assert [words for words in said if NOT_SAID.search(words)] == []
    assert [p.ask for p in prompts if is_double(p.ask) or p.ask.count("?") > 1] == []
    assert [p.ask for p in prompts if re.search(r"\b(?:you|your|what|the)\b", p.ask)] == []
    starts = [" ".join(p.ask.split()[:2]) for p in prompts]
    assert max(map(starts.count, starts)) <= 3


@pytest.mark.parametrize(
    ("question", "answer", "follow_up"),
    [
        ("stimme-leiser", "Bei meinem Vater. Ich werde ÄNGSTLICH, sobald er kommt.", "wer-weiss-davon"),
        ("stimme-leiser", "Bei der alten Frau Kern im Treppenhaus.", "leise-worte"),
        ("nicht-mitgelacht", "Sie haben mich vor allen BLOSSGESTELLT.", "in-dem-augenblick"),
        ("nicht-mitgelacht", "Ich wurde bloßgestellt", "in-dem-augenblick"),
        ("nur-die-kamera", "Er lässt STÄNDIG alles liegen", "nicht-im-bild"),
        ("nur-die-kamera", "Drei Becher. Ein Blick aufs Handy.", ""),
        ("tisch-der-kindheit", "Es gab Ohrfeigen.", "dem-kind-am-tisch"),
        ("mit-am-tisch", "Oma Hilde, die im März gestorben ist", "zum-abendbrot"),
        ("gegruesst", "Niemanden heute", "morgen-als-erstes"),
    ],
)
def test_follow_ups_are_found_by_words_of_the_language(
    respekt: Pack, question: str, answer: str, follow_up: str
) -> None:
    assert then(respekt, question, answer) == follow_up


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("Meine Schwester und ich haben uns gestritten, über den Abwasch.", {"von-drueben", "gut-jetzt"}),
        ("Mit meinem Chef hat es Krach gegeben, ich habe nichts gesagt.", {"von-drueben", "gesagt", "gut-jetzt"}),
        ("Nur Ärger mit der Waschmaschine heute, am Abend Suppe.", {"gut-jetzt"}),
        ("Ein ruhiger Tag mit Kartoffelsuppe.", set()),
    ],
)
def test_closing_questions_fit_what_was_written(respekt: Pack, answer: str, asked: set[str]) -> None:
    steps = session(respekt, "mit-am-tisch").write(answer).steps()
    assert {step.id.partition("/")[2] for step in steps if step.kind is StepKind.CLOSING} == asked


def test_nobody_who_is_being_hurt_is_asked_for_the_other_side(respekt: Pack) -> None:
    asked = session(respekt, "stimme-leiser").write(
        "Bei meinem Mann. Wir haben gestritten, dann hat er mich geschlagen."
    )
    assert [step.id for step in asked.steps() if step.kind is StepKind.CLOSING] == []


def test_rating_and_promise_are_asked_in_the_words_of_the_pack(respekt: Pack) -> None:
    at_the_end = replace(session(respekt, "mit-am-tisch").write("Suppe"), at="rating")
    assert respekt.rating is not None
    assert view_step(at_the_end).ask == respekt.rating.ask
    assert [label for _, label in view_step(at_the_end).options] == list(respekt.rating.labels)
    assert view_step(replace(at_the_end, at="promise")).ask == respekt.promise


# -- the program -----------------------------------------------------------------------------------


def test_the_list_names_it_in_place_of_ours(german: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--home", str(german.home), "packs", "list"])
    assert not end.value.code
    [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("respect ")]
    assert "Respekt" in line
    assert "yours, in place of ours" in line


def answered(pack: Pack, prompt: Prompt) -> str:
    """A line of input that opens a follow-up of `prompt`, where it has any."""
    when = prompt.follow_ups[0].when if prompt.follow_ups else None
    if prompt.options:
        return (when and when.option) or prompt.options[0].key
    if prompt.kind is Kind.SCALE:
        return str((when and when.rating_at_most) or 4)
    if when and when.mentions:
        return f"Es war {when.mentions[0].strip('*')} am Montag."
    return "Kurz." if when and when.shorter_than else "Ein ganzer Satz, der von nichts Besonderem erzählt."


@pytest.mark.parametrize("name", ["respect", "respekt"])
def test_writing_asks_and_follows_in_german(german: Cli, name: str) -> None:
    """The questions of the day are found out first, in the same folder; then they are answered from a pipe."""
    way = open_world(find_paths(german.home)).begin(Pillar.RESPECT)
    asks, lines = [], []
    while not way.is_finished:
        asks.append(view_step(way).ask)
        if way.step.prompt:
            line = answered(way.pack, way.step.prompt) if way.pack else ""
        else:
            line = "3" if way.step.kind is StepKind.RATING else "Frau Kern fragen"
        lines.append(line)
        if way.step.kind is StepKind.PROMISE:
            lines.append("")
            break
        way = (way.choose(line) if way.offered() else way.write(line)).forward()
    followed = [step for step in way.steps() if step.is_follow_up]
    assert followed
    result = german.ok("write", name, input="\n".join(lines) + "\n")
    shown = " ".join(result.out.split())
    assert shown.startswith("Respekt · ")
    places = [shown.index(" ".join(ask.split())) for ask in asks]
    assert places == sorted(places)
    assert "zur Hälfte" in shown
    [entry] = german.entries()
    assert (entry["pillar"], entry["rating"]) == ("respect", 3)
    assert [answer["text"] for answer in entry["answers"] if answer["text"]]
    assert {answer["prompt"].partition("/")[0] for answer in entry["answers"]} == {"respect"}
