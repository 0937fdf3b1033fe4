"""What *Patterns* shows: each with its count, the writer's words for it and against it, its question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from journal_tui.dates import say_day
from journal_tui.insights.judgements import focuses, muted_until, said_of
from journal_tui.insights.patterns import Evidence, Finding, Tier
from journal_tui.insights.report import Report
from journal_tui.model import Judgement
from journal_tui.text import clean_line, plural, shorten
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.row_list import Row

QUOTE = 240
"""Characters of a quote that are shown."""
HURT = "Some of your words speak of someone being hurt."
_TIERS = {Tier.STEADY: "steady", Tier.EMERGING: "may be something"}
_SIGNS = {Tier.STEADY: ("●", "*"), Tier.EMERGING: ("○", "o"), None: ("–", "-")}
"""One cell for how sure it is (None: put away), and what stands for it in plain ASCII."""


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

    @property
    def shown(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.muted_until]

    @property
    def put_away(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.muted_until]

    @property
    def summary(self) -> str:
        """How many there are, in words."""
        if self.withheld:
            return f"{HURT} h: who to call."
        away = f", {len(self.put_away):,} put away" if self.put_away else ""
        return f"{plural(len(self.shown), 'pattern')}{away}. You know better than the mirror."

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
    return PatternsView(today=report.as_of, findings=(*report.patterns, *report.muted), withheld=report.withheld)


def rows(view: PatternsView, *, plain: bool = False) -> list[Row]:
    """A line for each pattern; those put away come last, under a heading."""
    found = [
        Row(
            id=id_of(finding),
            text=clean_line(finding.title),
            sign=_SIGNS[finding.tier][plain],
            beside=f"{_TIERS[finding.tier]}{', getting less' if finding.fading else ''}",
            aside=finding.verdict or "",
        )
        for finding in view.shown
    ]
    if view.put_away:
        found.append(Row(text="Put away"))
    for finding in view.put_away:
        until = f"until {say_day(finding.muted_until, view.today)}" if finding.muted_until else ""
        row = Row(id=id_of(finding), text=clean_line(finding.title), sign=_SIGNS[None][plain], aside=until, is_dim=True)
        found.append(row)
    return found


def quotes(finding: Finding) -> tuple[Evidence, ...]:
    """What it shows in, the latest first, then what speaks against it: the numbers in the pane count these."""
    return (*reversed(finding.evidence), *reversed(finding.against))


def says(finding: Finding) -> str:
    """Its statement, and that it is not sure yet where it is not."""
    statement = clean_line(finding.statement)
    return statement if finding.tier is Tier.STEADY else f"This may be something: {statement}"


def details(finding: Finding, today: date) -> list[Block]:
    """All there is to know of one pattern."""
    seen = f"Seen first {_on(finding.first_seen, today)}; in {plural(finding.weeks, 'week')}."
    blocks = [Block(clean_line(finding.title), "bold $ink"), Block(says(finding), "$quiet"), Block(seen, "$quiet")]
    if finding.change:
        blocks.append(Block(finding.change, "$quiet"))
    gap = Block("", "$ink")
    blocks.append(gap)
    blocks += _quoted(list(reversed(finding.evidence)), today, 1)
    if finding.against:
        blocks += [gap, Block(finding.against_title, "$quiet")]
        blocks += _quoted(list(reversed(finding.against)), today, 1 + len(finding.evidence))
    blocks += [gap, Block(finding.question, "italic $accent")]
    if finding.verdict:
        blocks += [gap, Block(_said(finding, today), "$quiet")]
    return blocks


def _quoted(evidence: Sequence[Evidence], today: date, first: int) -> list[Block]:
    blocks = []
    for number, piece in enumerate(evidence, first):
        words = f"“{shorten(piece.quote, QUOTE)}”  " if piece.quote else ""
        start = f"{number}  {words}"
        text = f"{start}{say_day(piece.date, today)}"
        marks = ((0, len(str(number)), "$accent"), (len(start), len(text), "$quiet"))
        blocks.append(Block(text, "$ink", marks=marks))
    return blocks


def _said(finding: Finding, today: date) -> str:
    said = f"You said: {finding.verdict}"
    if finding.muted_until:
        return f"{said}. It is put away until {say_day(finding.muted_until, today)}."
    return f"{said}. In view since {say_day(finding.focus_since, today)}." if finding.focus_since else f"{said}."


def _on(day: date, today: date) -> str:
    said = say_day(day, today)
    return said if said in ("today", "yesterday") else f"on {said}"
