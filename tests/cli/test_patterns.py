"""``patterns``: what the mirror shows, and what is said of it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from journal_tui.cli.main import main
from journal_tui.cli.patterns import meant
from journal_tui.dates import day_of, now
from journal_tui.insights.patterns import Finding, Tier
from journal_tui.model import Answer, UsageError, Verdict
from journal_tui.store.journal import Journal
from tests.cli.command_line import Cli
from tests.store.sample import entry


def shown(kind: str, target: str = "") -> Finding:
    return Finding(
        kind=kind,
        target=target,
        tier=Tier.STEADY,
        first_seen=date(2026, 2, 1),
        count=6,
        of=7,
        weeks=5,
        evidence=(),
        against=(),
        title="",
        statement="",
        against_title="",
        question="",
    )


SILENCE = shown("self_silencing")
SISTER = shown("person_negative", "my sister")
RENE = shown("person_negative", "René")
TRUST = shown("avoided_pillar", "trust")
ALL = (SILENCE, SISTER, RENE, TRUST)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("self_silencing", SILENCE),
        ("Self-Silencing", SILENCE),
        ("self silencing", SILENCE),
        ("avoided_pillar", TRUST),
        ("avoided_pillar:trust", TRUST),
        (" avoided-pillar : Trust ", TRUST),
        ("person_negative:my sister", SISTER),
        ("person negative: My  sister", SISTER),
        ("person_negative:rene", RENE),
    ],
)
def test_a_pattern_is_known_by_its_name(wanted: str, found: Finding) -> None:
    assert meant(wanted, ALL) is found


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("person_negative", 'shows 2 times: name one of "person_negative:my sister", "person_negative:René"'),
        ("person_negative:Tom", 'no person_negative about "Tom" shows: there is "person_negative:my sister"'),
        ("say_do_gap", "the mirror shows no say_do_gap now: `journal-tui patterns` shows those there are"),
        ("self_silence", 'no pattern is called "self_silence" (did you mean "self_silencing"?)'),
        ("self_silencing:Tom", 'no self_silencing about "Tom" shows: there is "self_silencing"'),
        ("", 'no pattern is called ""'),
    ],
)
def test_what_is_not_shown_is_refused(wanted: str, why: str) -> None:
    with pytest.raises(UsageError) as error:
        meant(wanted, ALL)
    assert why in str(error.value)


def test_none_yet(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    result = cli.ok("patterns")
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert cli.ok("patterns", "--json").json == []
    assert "the mirror shows no say_do_gap now" in cli.refused_here(capsys, "patterns", "not-me", "say_do_gap")
    assert 'did you mean "rings-true"' in cli.refused_here(capsys, "patterns", "ring-true", "say_do_gap")
    assert not (cli.home / "data").exists()


@pytest.fixture
def giving(cli: Cli) -> Cli:
    """A journal in which it was always the writer who gave way, week after week."""
    today = day_of(now())
    gave_way = Answer(prompt="p/q", ask="Who moved?", choice=("I did",), signals=("gave_way",))
    Journal(cli.home / "data").imports.bring_in(
        [
            entry(f"0000e{week:02}", day=today - timedelta(weeks=week), answers=(Answer(text="We talked."), gave_way))
            for week in range(12)
        ]
    )
    return cli


def test_a_pattern_is_shown_answered_and_taken_back(giving: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    name, journal = "one_sided_compromise", Journal(giving.home / "data")

    def here(*arguments: str) -> str:
        """What one command prints, run in this process."""
        with pytest.raises(SystemExit) as end:
            main(["--home", str(giving.home), *arguments])
        out, err = capsys.readouterr()
        assert (end.value.code, err) == (0, "")
        return out

    (row,) = json.loads(here("patterns", "--json"))
    assert (row["name"], row["kind"], row["target"], row["verdict"], row["muted_until"]) == (name, name, "", None, None)
    assert (row["count"], row["of"], row["tier"]) == (12, 12, "steady")
    listed = here("patterns")
    assert row["statement"] in listed
    assert "To answer: journal-tui patterns rings-true NAME (or partly, not-me, not-now)" in listed

    assert here("patterns", "rings-true", "One-sided", "compromise").endswith(" journal-tui undo takes it back.\n")
    assert here("patterns", "rings-true", name) == f"{name}: rings true, as was said already.\n"
    assert [judgement.verdict for judgement in journal.judgements.all()] == [Verdict.RINGS_TRUE]
    listed = here("patterns")
    assert "you said: rings true\n" in listed
    assert "To answer" not in listed
    here("undo")

    here("patterns", "not-me", name)
    (row,) = json.loads(here("patterns", "--json"))
    assert row["verdict"] == "not me"
    assert date.fromisoformat(row["muted_until"]) > day_of(now())
    assert here("patterns").startswith(f"Put away\n{name}  until ")
    here("patterns", "partly", name)
    assert [judgement.verdict for judgement in journal.judgements.all()] == [Verdict.NOT_ME, Verdict.PARTLY]
