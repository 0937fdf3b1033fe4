"""What is said of patterns, from a report that is ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from journal_tui.insights.judgements import MUTED
from journal_tui.insights.patterns import Evidence, Finding, Tier
from journal_tui.insights.report import Report, build
from journal_tui.model import Judgement, Verdict
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
    return "\n".join(block.text for block in details(pattern, TODAY)).replace("\u00a0", " ")


def judgement(pattern: Finding, verdict: Verdict, on: date = TODAY) -> Judgement:
    return Judgement(kind=pattern.kind, target=pattern.target.upper(), verdict=verdict, on=on)


def test_rows_tell_how_sure_it_is_and_what_was_said() -> None:
    assert [(row.sign, row.text, row.beside, row.aside, row.is_dim) for row in rows(VIEW)] == [
        ("✦", "Who moves", "steady", "", False),
        ("✧", "“The␛[2J spare key”, still open", "may be something", "partly", False),
        ("✦", "Who moves", "steady, getting less", "", False),
        (" ", "", "", "", False),
        (" ", "Put away", "", "", False),
        ("–", "Promises on trust", "", "until 1 April", True),
    ]
    assert [row.sign for row in rows(VIEW, plain=True)] == ["*", "o", "*", " ", " ", "-"]
    assert VIEW.summary == "3 patterns, 1 put away"
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
        "",
        "You know better than the mirror.",
    ]
    assert details(MOVES, TODAY)[2].text.startswith("Seen first on\u00a010\u00a0February;")  # no line breaks it apart
    assert len(details(MOVES, TODAY, airy=True)) == len(details(MOVES, TODAY)) + 3
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


def test_what_is_not_now_waits_under_its_own_heading() -> None:
    view = VIEW.answered([judgement(MOVES, Verdict.NOT_NOW)])
    assert [(row.text, row.aside, row.is_dim) for row in rows(view)] == [
        ("“The␛[2J spare key”, still open", "", False),
        ("Promises on trust", "", False),
        ("", "", False),
        ("For another time", "", False),
        ("Who moves", "not now", True),
        ("Who moves", "not now", True),
    ]
    assert said(view.findings[0]).endswith("You said: not now.")


def test_what_is_heard_in_other_languages_is_said() -> None:
    assert VIEW.note == ""
    assert "in English only" in view_of(replace(REPORT, language="de")).note
    assert "who to call" in view_of(replace(REPORT, language="de", withheld=True)).note
