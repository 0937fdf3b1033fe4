"""How the writer's words are set: as they were written; those that came from a program that keeps Markdown, as Markdown
sets them (https://spec.commonmark.org, tables and lines through of https://github.github.com/gfm), and where it was
Obsidian's, with its own marks (https://help.obsidian.md/obsidian-flavored-markdown).

What is set is words and nothing else: no HTML of the writer's, no picture, no link that leads out of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from journal_tui.model import says_day
from journal_tui.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

OBSIDIAN = "markdown"
MARKDOWN = frozenset({OBSIDIAN, "dayone", "dayone-classic", "dnote"})
"""Formats whose programs keep Markdown, as `model.Source` names them."""

_PARTED = re.compile(r"\n(?:[ \t]*\n)+")
_DEEPEST = 12
"""Quotes and lists within one another; what lies deeper stays text."""

_BLOCKS = {"paragraph": "p", "blockquote": "blockquote", "bullet_list": "ul", "list_item": "li", "table": "table"}
_INLINE = {"em": "em", "strong": "strong", "s": "s", "mark": "mark"}
_PLAIN = {"thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td"}
_TAGS = _PLAIN | {name: f'{tag} dir="auto"' for name, tag in _BLOCKS.items()} | {"th": 'th scope="col"'}
_WIKI_LINK = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]|\n]*))?\]\]")
_SIZE = re.compile(r"[0-9]+(?:x[0-9]+)?")
_TASK = re.compile(r"\[([ xX])\](?=[ \t])")
_CALLOUT = re.compile(r"\[!([A-Za-z-]+)\][-+]?(?:[ \t]+|$|(?=\n))")
_BOXES = {True: ("☑", "done:"), False: ("☐", "to do:")}


def without_day(text: str, day: date) -> str:
    """`text` without a first line that says no more than `day`, unless that is all there is."""
    first, _, rest = text.lstrip().partition("\n")
    return rest if rest.strip() and says_day(first.strip("# \t"), day) else text


def paragraphs(text: str) -> tuple[str, ...]:
    """What stands between empty lines, as it was written."""
    return tuple(part for part in _PARTED.split(text.strip("\n")) if part.strip(" \t"))


def set_markdown(text: str, level: int, *, obsidian: bool) -> Markup:
    """HTML of Markdown.

    Args:
        level: of the highest heading in it, 1 to 6; those below follow without a gap.
        obsidian: ``[[links]]`` to notes, ``==marks==``, and ``%%comments%%``, which are left out.
    """
    tokens = _parser(obsidian).parse(text)
    # What a character reference stands for is not clean before it is read.
    return Markup(clean("".join(_html(tokens, level))))


# -- reading ---------------------------------------------------------------------------------------


@cache
def _parser(obsidian: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST + 8}).enable(["table", "strikethrough"])
    # Code that is only indented is a paragraph with an indent to most who write; "[Ruth]: no" is what somebody said.
    parser.disable(["code", "reference"])
    parser.block.ruler.before("table", "deep", _deep, {"alt": []})
    if obsidian:
        parser.block.ruler.before("deep", "comment", _comment_block, {"alt": ["paragraph", "blockquote", "list"]})
        parser.inline.ruler.before("link", "comment", _comment)
        parser.inline.ruler.before("link", "wiki_link", _wiki_link)
        parser.inline.ruler.before("link", "mark", _mark)
    return parser


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Where quotes and lists lie too deep in one another, the rest as a paragraph: the parser would leave it out."""
    if state.level < _DEEPEST:
        return False
    state.push("paragraph_open", "p", 1)
    words = state.push("inline", "", 0)
    words.content, words.children = state.getLines(start, end, state.blkIndent, False).strip(), []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment that begins a line, over as many lines as it takes; one that does not end is none."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("%%", at):
        return False
    stop = state.src.find("%%", at + 2, state.eMarks[end - 1])
    if stop < 0:
        return False
    last = start
    while state.eMarks[last] < stop + 2:
        last += 1
    rest = state.src[stop + 2 : state.eMarks[last]]
    if rest.strip() and last == start:  # within a line
        return False
    if silent:
        return True
    state.line = last + 1
    if rest.strip():  # the line goes on behind it
        indent = len(rest) - len(rest.lstrip())
        state.bMarks[last], state.tShift[last], state.sCount[last] = stop + 2, indent, state.blkIndent
        state.line = last
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos):
        return False
    stop = state.src.find("%%", state.pos + 2, state.posMax)
    if stop < 0:
        return False
    state.pos = stop + 2
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """A note or a file, by what it is called here or by its own name."""
    found = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        called = (found[2] or "").strip()
        state.push("text", "", 0).content = found[1] if not called or _SIZE.fullmatch(called) else called
    state.pos = found.end()
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("==", state.pos):
        return False
    start, end = state.pos + 2, state.posMax
    stop = state.src.find("==", start, end)
    if stop <= start or state.src[start].isspace() or state.src[stop - 1].isspace():
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start, stop
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("mark_close", "mark", -1)
    state.pos = stop + 2
    return True


# -- setting ---------------------------------------------------------------------------------------


def _html(tokens: Sequence[Token], level: int) -> Iterator[str]:
    """Only what is named here comes onto the page, whatever the parser makes."""
    headings: list[int] = []
    for at, token in enumerate(tokens):
        name, _, side = token.type.rpartition("_")
        if token.type == "inline":
            skip, sign = _beginning(token.content, tokens[at - 2].type if at > 1 else "")
            yield sign
            yield from _inline(token.children or (), skip)
        elif token.type == "hr":
            yield "<hr>\n"
        elif token.type == "fence":
            yield f'<pre dir="auto">\n{escape(token.content.removesuffix(chr(10)))}</pre>\n'
        elif token.hidden:
            yield "" if side == "open" else "\n"
        elif name == "heading":
            if side == "open":
                own = int(token.tag[1])
                headings = [*(higher for higher in headings if higher < own), own]
            tag = f"h{min(6, level + len(headings) - 1)}"
            yield f'<{tag} dir="auto">' if side == "open" else f"</{tag}>\n"
        elif name == "ordered_list":
            first = f' start="{int(token.attrs["start"])}"' if "start" in token.attrs else ""
            yield f'<ol dir="auto"{first}>' if side == "open" else "</ol>\n"
        elif name == "list_item" and side == "open" and _is_task(tokens[at + 1 : at + 3]):
            yield '<li class="task" dir="auto">'
        elif name in _TAGS:
            yield f"<{_TAGS[name]}>" if side == "open" else f"</{_TAGS[name].split()[0]}>\n"


def _is_task(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 2 and tokens[1].type == "inline" and bool(_TASK.match(tokens[1].content))


def _beginning(words: str, within: str) -> tuple[int, str]:
    """How many characters are a mark of a task or of a callout, and what stands for them."""
    if within == "list_item_open" and (task := _TASK.match(words)):
        box, told = _BOXES[task[1] != " "]
        return task.end(), f'<span aria-hidden="true">{box}</span><span class="unseen">{told}</span>'
    if within == "blockquote_open" and (callout := _CALLOUT.match(words)):
        return callout.end(), f"<strong>{callout[1].capitalize()}</strong> "
    return 0, ""


def _inline(tokens: Iterable[Token], skip: int = 0) -> Iterator[str]:
    """Args:
    skip: characters at the beginning that are set already.
    """
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        if token.type == "text":
            yield escape(token.content[skip:])
            skip = max(0, skip - len(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            yield "<br>\n"
        elif token.type == "code_inline":
            yield f"<code>{escape(token.content)}</code>"
        elif token.type == "image":
            words = "".join(_inline(token.children or ()))
            yield words or escape(str(token.attrs.get("src", "")).rpartition("/")[2])
        elif name in _INLINE:
            yield f"<{_INLINE[name]}>" if side == "open" else f"</{_INLINE[name]}>"
