"""What is said of patterns, from a report that is ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from journal_tui.insights.judgements import MUTED
from journal_tui.insights.patterns import Evidence, Finding, Tier
from journal_tui.insights.report import Report, build
from journal_tui.insights.themes import Change, Quote, Theme
from journal_tui.model import Judgement, Verdict
from journal_tui.ui.views.insights import sections
from journal_tui.ui.views.patterns import details, id_of, quotes, rows, view_of

from .conftest import TODAY


def told(ago: int, quote: str) -> Evidence:
    return Evidence(id=f"sample{ago:03}", date=TODAY - timedelta(ago), quote=quote)


def finding(kind: str, title: str, question: str, **more: object) -> Finding:
    facts: dict[str, object] = {
        "target": "",
        "tier": Tier.STEADY,
        "first_seen": TODAY - timedelta(30),
        "count": 6,
        "of": 7,
        "weeks": 5,
        "evidence": (
            told(40, "We took the early train."),
            told(9, "The blue one, then.\nAs ever."),
            told(2, ""),
        ),
        "against": (),
        "statement": f"{title}: 6 of 7.",
        "against_title": "And here it was otherwise.",
    }
    return Finding(kind=kind, title=title, question=question, **(facts | more))  # type: ignore[arg-type]


MOVES = finding(
    "one_sided_compromise",
    "Who moves",
    "Which of these did you choose freely?",
    statement="In 6 of 7 agreements you were the one who moved.",
    against=(told(33, "We split the weekend."), told(5, "Jonas changed his shift.")),
)
THEIRS = finding(
    "one_sided_compromise",
    "Who moves",
    "How sure are you that it was all right for them?",
    statement="In 6 of 9 agreements the other one moved.",
    fading=True,
    lately=(1, 4),
)
OPEN = finding(
    "recurring_unresolved",
    "“The\x1b[2J spare key”, still open",
    "What would have to be said so that it can rest?",
    target="the spare key",
    tier=Tier.EMERGING,
    verdict=Verdict.PARTLY,
)
AWAY = finding(
    "say_do_gap",
    "Promises on trust",
    "What would a promise look like that an ordinary week can carry?",
    target="trust",
    verdict=Verdict.NOT_ME,
    muted_until=TODAY + timedelta(20),
)
REPORT: Report = replace(build([], [], today=TODAY), entries=40, patterns=(MOVES, OPEN, THEIRS), muted=(AWAY,))
VIEW = view_of(REPORT)


def said(pattern: Finding) -> str:
    return "\n".join(block.text for block in details(pattern, TODAY))


def judgement(pattern: Finding, verdict: Verdict, on: date = TODAY) -> Judgement:
    return Judgement(kind=pattern.kind, target=pattern.target.upper(), verdict=verdict, on=on)


def test_rows_tell_how_sure_it_is_and_what_was_said() -> None:
    assert [(row.sign, row.text, row.beside, row.aside, row.is_dim) for row in rows(VIEW)] == [
        ("●", "Who moves", "steady", "", False),
        ("○", "“The␛[2J spare key”, still open", "may be something", "partly", False),
        ("●", "Who moves", "steady, getting less", "", False),
        (" ", "Put away", "", "", False),
        ("–", "Promises on trust", "", "until 1 April", True),
    ]
    assert [row.sign for row in rows(VIEW, plain=True)] == ["*", "o", "*", " ", "-"]
    assert VIEW.summary == "3 patterns, 1 put away. You know better than the mirror."
    assert all(VIEW.get(id_of(pattern)) is pattern for pattern in VIEW.findings)  # two of one name as well


def test_all_of_one() -> None:
    assert said(MOVES).splitlines() == [
        "Who moves",
        "In 6 of 7 agreements you were the one who moved.",
        "Seen first on 10 February; in 5 weeks.",
        "",
        "1  10 March",
        "2  “The blue one, then. As ever.”  3 March",
        "3  “We took the early train.”  31 January",
        "",
        "And here it was otherwise.",
        "4  “Jonas changed his shift.”  7 March",
        "5  “We split the weekend.”  7 February",
        "",
        "Which of these did you choose freely?",
    ]
    assert [piece.date.day for piece in quotes(MOVES)] == [10, 3, 31, 7, 7]  # as numbered
    assert "This may be something: “The" in said(OPEN)
    assert said(OPEN).endswith("You said: partly.")
    assert "It is getting less: 1 of 4 in the last eight weeks." in said(THEIRS)
    assert said(AWAY).endswith("You said: not me. It is put away until 1 April.")


def test_an_answer_shows_without_reading_anew() -> None:
    view = VIEW.answered([judgement(OPEN, Verdict.NOT_ME), judgement(AWAY, Verdict.RINGS_TRUE)])
    assert [(f.kind, f.verdict) for f in view.put_away] == [("recurring_unresolved", Verdict.NOT_ME)]
    assert view.put_away[0].muted_until == TODAY + MUTED
    assert said(view.shown[-1]).endswith("You said: rings true. In view since today.")
    later = [judgement(OPEN, Verdict.NOT_ME), judgement(OPEN, Verdict.PARTLY), judgement(AWAY, Verdict.NOT_NOW)]
    assert [f.verdict for f in VIEW.answered(later).findings] == [None, Verdict.PARTLY, None, Verdict.NOT_NOW]
    assert not VIEW.answered([]).put_away  # all taken back
    long_ago = [judgement(AWAY, Verdict.NOT_ME, TODAY - MUTED)]
    assert not VIEW.answered(long_ago).put_away


def test_what_changed_since_it_is_in_view_stays_said() -> None:
    day = TODAY - timedelta(30)
    kept = replace(MOVES, verdict=Verdict.RINGS_TRUE, focus_since=day, since_focus=(1, 5))
    view = replace(VIEW, findings=(kept,))
    assert view.answered([judgement(MOVES, Verdict.RINGS_TRUE, day)]).findings == (kept,)
    anew = view.answered([judgement(MOVES, Verdict.RINGS_TRUE)]).findings[0]
    assert (anew.focus_since, anew.change) == (TODAY, "")


def lines(report: Report, width: int = 74) -> dict[str, str]:
    return {heading: "\n".join(line.plain for line in part) for heading, part in sections(report, width)}


def test_insights_hold_three_at_most() -> None:
    part = lines(replace(REPORT, patterns=(MOVES, OPEN, THEIRS, replace(AWAY, muted_until=None))))
    shown = part["What may be worth a look"]
    assert "Promises on trust" not in shown
    assert "This may be something: “The␛[2J spare key”, still open: 6 of 7." in shown
    assert shown.count("“The blue one, then. As ever.”  3 March") == 3  # the latest that has words
    assert shown.endswith("b  shows them all, and what speaks against them")
    assert "For you" not in part
    hurt = lines(replace(REPORT, patterns=(), withheld=True))
    assert "speak of someone being hurt. h leads to those who can" in hurt["For you"]
    assert "What may be worth a look" not in hurt


def theme(label: str, change: Change = Change.STEADY, *, burst: bool = False) -> Theme:
    return Theme(
        label=label,
        entries=4,
        of=40,
        weeks=4,
        first=TODAY - timedelta(40),
        last=TODAY,
        trend=(1, 1, 0, 2),
        change=change,
        burst=burst,
        quotes=(Quote(id="sample040", date=TODAY, quote=f"The {label} again."),),
    )


def test_themes_tell_their_trend_and_bursts_stand_apart() -> None:
    themes = (theme("onions", Change.RISING), theme("move", burst=True), theme("kale"), theme("frost", burst=True))
    part = lines(replace(REPORT, themes=themes))["What keeps coming back"]
    onions, kale = (next(line for line in part.splitlines() if line.startswith(label)) for label in ("onions", "kale"))
    assert onions.endswith("rising")
    assert kale.rstrip().endswith("█")
    assert "The move again" not in part
    assert part.endswith("For a while: move (Jan 2026), frost (Jan 2026)")
