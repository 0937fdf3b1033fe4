"""What *Patterns* shows: each with its count, the writer's words for it and against it, its question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from journal_tui.dates import say_day
from journal_tui.insights.hearing import listener
from journal_tui.insights.judgements import focuses, muted_until, said_of
from journal_tui.insights.patterns import Evidence, Finding, Tier
from journal_tui.insights.report import Report
from journal_tui.model import Judgement, Verdict
from journal_tui.text import clean_line, plural, shorten
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.row_list import Row

QUOTE = 240
"""Characters of a quote that are shown."""
HURT = "Some of your words speak of someone being hurt."
_UNHEARD = (
    "The mirror hears wordings in English only, so far. The short questions at the end of an entry, ratings and"
    " promises count in every language."
)
_TIERS = {Tier.STEADY: "steady", Tier.EMERGING: "may be something"}
_SIGNS = {Tier.STEADY: ("✦", "*"), Tier.EMERGING: ("✧", "o"), None: ("–", "-")}
"""One cell for how sure it is (None: put away), and what stands for it in plain ASCII."""


def sign(finding: Finding, *, plain: bool = False) -> str:
    """One cell for how sure it is."""
    return _SIGNS[None if finding.muted_until else finding.tier][plain]


def id_of(finding: Finding) -> str:
    """The row of a finding: two that look at one thing from both ends share their name."""
    return f"{finding.name} {finding.question}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternsView:
    """The patterns of a journal on a day."""

    today: date
    findings: tuple[Finding, ...]
    withheld: bool = False
    """Somebody is being hurt: some patterns are not looked for."""
    is_heard: bool = True
    """Its wordings are known in the language of the journal."""

    @property
    def shown(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.muted_until]

    @property
    def put_away(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.muted_until]

    @property
    def summary(self) -> str:
        """How many there are, in words."""
        away = f", {len(self.put_away):,} put away" if self.put_away else ""
        return f"{plural(len(self.shown), 'pattern')}{away}"

    @property
    def note(self) -> str:
        """What is to be known first; empty: nothing."""
        if self.withheld:
            return f"{HURT} h: who to call."
        return "" if self.is_heard else _UNHEARD

    def get(self, id: str) -> Finding | None:
        return next((finding for finding in self.findings if id_of(finding) == id), None)

    def answered(self, judgements: Iterable[Judgement]) -> PatternsView:
        """The same patterns with what the writer says of them now; `judgements` in the order they were given."""
        given = list(judgements)
        findings = (_answered(f, said_of(given, f.kind, f.target, self.today), self.today) for f in self.findings)
        return replace(self, findings=tuple(findings))


def _answered(finding: Finding, said: Sequence[Judgement], today: date) -> Finding:
    focus = next((judgement.on for judgement in focuses(said, today)), None)
    return replace(
        finding,
        verdict=said[-1].verdict if said else None,
        muted_until=muted_until(said, today),
        focus_since=focus,
        since_focus=finding.since_focus if focus and focus == finding.focus_since else (0, 0),
    )


def view_of(report: Report) -> PatternsView:
    """The patterns of a report."""
    return PatternsView(
        today=report.as_of,
        findings=(*report.patterns, *report.muted),
        withheld=report.withheld,
        is_heard=listener(report.language) is not None,
    )


def rows(view: PatternsView, *, plain: bool = False) -> list[Row]:
    """A line for each pattern; under headings of their own come those for another time, and those put away."""
    later = [finding for finding in view.shown if finding.verdict is Verdict.NOT_NOW]
    found = [_row(finding, plain) for finding in view.shown if finding not in later]
    if later:
        found += [*_air(found), Row(text="For another time"), *(_row(finding, plain) for finding in later)]
    if view.put_away:
        found += [*_air(found), Row(text="Put away")]
    for finding in view.put_away:
        until = f"until {say_day(finding.muted_until, view.today)}" if finding.muted_until else ""
        row = Row(id=id_of(finding), text=clean_line(finding.title), sign=_SIGNS[None][plain], aside=until, is_dim=True)
        found.append(row)
    return found


def _air(above: Sequence[Row]) -> list[Row]:
    """A line between two groups."""
    return [Row(text="")] if above else []


def _row(finding: Finding, plain: bool) -> Row:
    return Row(
        id=id_of(finding),
        text=clean_line(finding.title),
        sign=sign(finding, plain=plain),
        beside=f"{_TIERS[finding.tier]}{', getting less' if finding.fading else ''}",
        aside=finding.verdict or "",
        is_dim=finding.verdict is Verdict.NOT_NOW,
    )


def quotes(finding: Finding) -> tuple[Evidence, ...]:
    """What it shows in, the latest first, then what speaks against it: the numbers in the pane count these."""
    return (*reversed(finding.evidence), *reversed(finding.against))


def says(finding: Finding) -> str:
    """Its statement, and that it is not sure yet where it is not."""
    statement = clean_line(finding.statement)
    return statement if finding.tier is Tier.STEADY else f"This may be something: {statement}"


def details(finding: Finding, today: date, *, airy: bool = False) -> list[Block]:
    """All there is to know of one pattern; `airy`: with an empty line between two quotes."""
    seen = f"Seen first {_on(finding.first_seen, today)}; in {plural(finding.weeks, 'week')}."
    blocks = [Block(clean_line(finding.title), "bold $ink"), Block(says(finding), "$quiet"), Block(seen, "$quiet")]
    if finding.change:
        blocks.append(Block(finding.change, "$quiet"))
    gap = Block("", "$ink")
    blocks.append(gap)
    blocks += _quoted(list(reversed(finding.evidence)), today, 1, airy)
    if finding.against:
        blocks += [gap, Block(finding.against_title, "$quiet")]
        blocks += _quoted(list(reversed(finding.against)), today, 1 + len(finding.evidence), airy)
    blocks += [gap, Block(clean_line(finding.question), "italic $accent")]
    if finding.verdict:
        blocks += [gap, Block(_said(finding, today), "$quiet")]
    else:
        blocks += [gap, Block("You know better than the mirror.", "$quiet")]
    return blocks


def _quoted(evidence: Sequence[Evidence], today: date, first: int, airy: bool) -> list[Block]:
    blocks = []
    for number, piece in enumerate(evidence, first):
        if airy and number > first:
            blocks.append(Block("", "$ink"))
        words = f"“{shorten(piece.quote, QUOTE)}”\u00a0 " if piece.quote else ""
        before = f"{number}  "
        start = f"{before}{words}"
        text = f"{start}{_together(say_day(piece.date, today))}"
        marks = ((0, len(str(number)), "$accent"), (len(start), len(text), "$quiet"))
        blocks.append(Block(text, "$ink", marks=marks, indent=len(before)))
    return blocks


def _together(day: str) -> str:
    """A day that no line breaks apart."""
    return day.replace(" ", "\u00a0")


def _said(finding: Finding, today: date) -> str:
    said = f"You said: {finding.verdict}"
    if finding.muted_until:
        return f"{said}. It is put away until {_together(say_day(finding.muted_until, today))}."
    if finding.focus_since:
        return f"{said}. In view since {_together(say_day(finding.focus_since, today))}."
    return f"{said}."


def _on(day: date, today: date) -> str:
    said = say_day(day, today)
    return said if said in ("today", "yesterday") else f"on\u00a0{_together(said)}"
