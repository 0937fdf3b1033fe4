"""``patterns``: what the mirror shows, and what the writer says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from journal_tui.cli import out
from journal_tui.cli.main import Commands
from journal_tui.cli.params import as_json, offering
from journal_tui.cli.world import world_of
from journal_tui.dates import say_day
from journal_tui.model import PATTERNS, Judgement, UsageError, Verdict, did_you_mean
from journal_tui.paths import Paths
from journal_tui.text import clean_line, fold, shorten

if TYPE_CHECKING:
    from journal_tui.insights.patterns import Evidence, Finding
    from journal_tui.insights.report import Report
    from journal_tui.world import World

_ANSWERS = {
    Verdict.RINGS_TRUE: (
        "Say that a pattern rings true. Its questions come up more often from then on.",
        "rings true: its questions come up more often now",
    ),
    Verdict.PARTLY: (
        "Say that a pattern is true in part.",
        "is partly true: the mirror goes on looking",
    ),
    Verdict.NOT_ME: (
        "Say that a pattern is not yours. It is put away, and needs more to come back.",
        "is not you: it is put away, and needs more to come back",
    ),
    Verdict.NOT_NOW: (
        "Leave a pattern for another time.",
        "is left for another time",
    ),
}
"""The help of each answer, and what is said when it was given."""


QUOTE = 160
"""Characters of a quote that are shown."""


@click.group(cls=Commands, invoke_without_command=True)
@as_json
@click.pass_context
def patterns(ctx: click.Context, as_json: bool) -> None:
    """List the patterns that the mirror shows, and answer them.

    Each with its count, and with what you said of it last. You know better than the mirror: an answer by its NAME
    tells it so. Those you put away stand at the end.

    \b
      journal-tui patterns
      journal-tui patterns rings-true one_sided_compromise
      journal-tui patterns not-me "person_negative:my sister"

    The JSON is a list of objects: name, kind, target (empty: nobody and nothing), tier ("emerging" or "steady"),
    title, statement, question, count, of, weeks, first_seen, verdict (null, "rings true", "partly", "not me",
    "not now"), muted_until (or null).
    """
    if ctx.invoked_subcommand is not None:
        return
    world = world_of(ctx.obj)
    report, today = _report(world), world.today()
    found = (*report.patterns, *report.muted)
    if as_json:
        out.say_json([_to_json(finding) for finding in found])
        return
    if report.withheld:
        out.note(
            f"Some of your words speak of someone being hurt: while that is near, the mirror keeps quiet."
            f" {out.PROGRAM} helplines: who to call."
        )
    elif not found:
        out.note("No pattern shows so far. One appears once there is enough in your entries to show for it.")
    _print(report.patterns, report.muted, today)


def _report(world: World) -> Report:
    with out.Progress("reading") as progress:
        return world.report(on_progress=progress)


def _found(world: World) -> Sequence[Finding]:
    report = _report(world)
    return (*report.patterns, *report.muted)


def _to_json(finding: Finding) -> dict[str, Any]:
    return {
        "name": finding.name,
        "kind": finding.kind,
        "target": finding.target,
        "tier": finding.tier,
        "title": finding.title,
        "statement": finding.statement,
        "question": finding.question,
        "count": finding.count,
        "of": finding.of,
        "weeks": finding.weeks,
        "first_seen": finding.first_seen.isoformat(),
        "verdict": finding.verdict,
        "muted_until": finding.muted_until.isoformat() if finding.muted_until else None,
    }


def _print(shown: Sequence[Finding], muted: Sequence[Finding], today: date) -> None:
    for place, finding in enumerate(shown):
        if place:
            out.say()
            out.say()
        say_finding(finding, today)
    if shown and muted:
        out.say()
    if muted:
        out.say(out.paint("Put away", underline=True))
    for finding in muted:
        said = f", you said: {finding.verdict}" if finding.verdict else ""
        out.say(clean_line(finding.name), out.dim(f"  until {say_day(finding.muted_until, today)}{said}"))
    if any(finding.verdict is None for finding in shown):
        say_how_to_answer()


def say_how_to_answer() -> None:
    first, *others = map(_command, Verdict)
    out.say()
    out.say(out.dim(f"To answer: {out.PROGRAM} patterns {first} NAME (or {', '.join(others)})"))


def say_finding(finding: Finding, today: date) -> None:
    """A pattern with its count, the writer's words for it and against it, and its question."""
    out.say(out.paint(clean_line(finding.title), bold=True), out.dim(f"  {clean_line(finding.name)}"))
    out.paragraph(finding.statement if finding.tier == "steady" else f"This may be something: {finding.statement}")
    if finding.change:
        out.paragraph(finding.change)
    _quote(finding.evidence, today)
    if finding.against:
        out.say(out.dim(finding.against_title))
        _quote(finding.against[-1:], today)
    out.paragraph(finding.question, italic=True)
    if finding.verdict:
        out.say(out.dim(f"you said: {finding.verdict}"))


def _quote(evidence: Sequence[Evidence], today: date) -> None:
    for piece in evidence:
        words = f"“{shorten(piece.quote, QUOTE)}” " if piece.quote else ""
        for line in out.wrap(f"{words}{say_day(piece.date, today)}", out.column() - 2):
            out.say("  ", out.dim(line))


# -- answering -------------------------------------------------------------------------------------


def meant(wanted: str, found: Sequence[Finding]) -> Finding:
    """The finding with this name, as the list shows it; a kind alone where only one of this kind shows.

    Raises:
        UsageError: none, or more than one.
    """
    given, _, target = (part.strip() for part in wanted.partition(":"))
    kind = re.sub(r"[\s_-]+", "_", given.casefold())
    if kind not in PATTERNS:
        hint = did_you_mean(kind, PATTERNS)
        raise UsageError(f'no pattern is called "{given}"{hint}: `{out.PROGRAM} patterns` shows those there are')
    of_kind = [finding for finding in found if finding.kind == kind]
    if not of_kind:
        raise UsageError(f"the mirror shows no {kind} now: `{out.PROGRAM} patterns` shows those there are")
    fitting = [finding for finding in of_kind if _same(finding.target, target)] if target else of_kind
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(f'"{finding.name}"' for finding in of_kind)
    if fitting:
        raise UsageError(f"{kind} shows {len(fitting)} times: name one of {names}")
    raise UsageError(f'no {kind} about "{target}" shows: there is {names}')


def _same(one: str, other: str) -> bool:
    return clean_line(fold(one)) == clean_line(fold(other))


def _answer(paths: Paths, name: str, verdict: Verdict) -> None:
    world = world_of(paths)
    finding = meant(name, _found(world))
    judgement = Judgement(kind=finding.kind, target=finding.target, verdict=verdict, on=world.today())
    same = [
        said for said in world.journal.judgements.all() if (said.kind, said.target) == (finding.kind, finding.target)
    ]
    if judgement in same[-1:]:
        out.say(f"{clean_line(finding.name)}: {verdict}, as was said already.")
        return
    world.journal.judgements.add(judgement)
    out.confirm(f"“{clean_line(finding.title)}” {_ANSWERS[verdict][1]}. {out.PROGRAM} undo takes it back.")


def _command(verdict: Verdict) -> str:
    return verdict.replace(" ", "-")


def _add_answer(verdict: Verdict) -> None:
    help = f"{_ANSWERS[verdict][0]}\n\n\b\n  {out.PROGRAM} patterns {_command(verdict)} one_sided_compromise"

    @patterns.command(_command(verdict), help=help)
    @click.argument("name", nargs=-1, required=True, shell_complete=offering("patterns"))
    @click.pass_obj
    def answer(paths: Paths, name: tuple[str, ...]) -> None:
        _answer(paths, " ".join(name), verdict)


for _verdict in Verdict:
    _add_answer(_verdict)
