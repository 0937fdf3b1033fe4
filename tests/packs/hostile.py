"""Files that are made to take long, or much memory: name to content and a part of what is to be told."""

from __future__ import annotations

from journal_tui.strictyaml import MAX_BYTES

HEAD = "id: p\ntitle: P\nprompts:\n"
FOLLOW = "  - {{id: q{0}, ask: What?, follow_ups: [{{if: {{person: true}}, then: {2}{1}}}]}}\n"


def _chain(count: int, target: str) -> str:
    return HEAD + "".join(FOLLOW.format(n, (n + 1) % count, target) for n in range(count))


def _filled(unit: str, before: str = HEAD) -> str:
    """As many of `unit` as a file may hold; ``{n}`` counts them."""
    count = (MAX_BYTES - len(before)) // len(unit.format(n=99_999).encode())
    return before + "".join(unit.format(n=n) for n in range(count))


def _conditions(count: int, words: int) -> str:
    """Prompts with ten follow-ups each, all different, whose conditions have to be compared."""
    mentioned = ", ".join(f"w{n}*" for n in range(words))
    follow_ups = "".join(
        f"      - {{if: {{mentions: [{mentioned}, x{n}], longer_than: {n}}}, then: q0}}\n" for n in range(10)
    )
    prompts = "".join(f"  - id: q{n}\n    ask: What?\n    follow_ups:\n{follow_ups}" for n in range(1, count + 1))
    return f"{HEAD}  - {{id: q0, ask: What?}}\n{prompts}"


_CHOICE = HEAD + "  - id: one\n    ask: What?\n    kind: choice\n    options:\n"

HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "11 MB": (b"# a remark\n" * 1_000_000, "larger than 128 KB"),
    "noughts": (b"\0" * MAX_BYTES, "a control character (#x0000)"),
    "no text": (bytes(range(256)) * 500, "not UTF-8"),
    "UTF-16": (("a: b\n" * 10_000).encode("utf-16"), "not UTF-8"),
    "aliases": ("a: &a [x]\n" + _filled("k{n}: *a\n", ""), "anchors and aliases"),
    "merge keys": ("".join(f"k{n}: {{<<: {{a: b}}}}\n" for n in range(5000)), "merge keys"),
    "tag directives": (_filled("%TAG !a{n}! b\n", ""), "tags (%TAG)"),
    "nested lists": ("id: " + "[" * 60_000, "nested deeper than 20"),
    "nested mappings": ("id: " + "{a: " * 30_000, "nested deeper than 20"),
    "nested items": (HEAD + "- " * 60_000, "nested deeper than 20"),
    "nested keys": (HEAD + "? " * 60_000, "a key must be plain text"),
    "nested follow-ups": (
        f"{HEAD}  [" + "{id: x, ask: What?, follow_ups: [{if: {person: true}, then: " * 8,
        "nested deeper than 20",
    ),
    "empty items": (_filled("-\n"), "more values than a file needs"),
    "empty items in a line": (_filled("a,", "["), "more values than a file needs"),
    "repeated keys": ("a: b\n" * 3900, "stands twice"),
    "repeated values": (_filled("? a\n: b\n", ""), "more values than a file needs"),
    "unknown keys": ("".join(f"propmt-{n}: 1\n" for n in range(3900)), 'unknown key "propmt-0"'),
    "a key of 100 KB": ("? " + "l" * 100_000 + "\n: 2\n", 'unknown key "lll'),
    "empty prompts": (HEAD + "-\n" * 7_900, "the prompt should be a mapping"),
    "a million line ends": ("\r" * 120_000 + "id: p", "the pack has no"),
    "one long line": ("id: p\ntitle: " + "x" * 120_000, "title is longer than 60"),
    "quoted escapes": ('id: p\ntitle: "' + "\\x41" * 30_000 + '"', "title is longer than 60"),
    "quote not closed": (_filled("a\n\n", 'id: "'), "a quotation mark is opened here"),
    "options": (
        _CHOICE + "".join(f"      - {{key: {chr(0x4E00 + n)}, label: {n}}}\n" for n in range(1100)),
        "options are more than 10",
    ),
    "a circle of hundreds": (_chain(440, "q"), "follow-ups go at most 3 deep"),
    "hundreds that lead nowhere": (_chain(440, "r"), 'there is no prompt "r1"'),
    "tags that nobody has": (
        HEAD
        + "  - {id: a, ask: Why?, tags: ["
        + ", ".join(f"tag-{n}" for n in range(6000))
        + "]}\nclosing:\n  - {id: b, ask: And?, kind: text, when: {tags: ["
        + ", ".join(f"tga-{n}" for n in range(1100))
        + "]}}\n",
        'has the tag "tga-0"',
    ),
    "conditions of many words": (_conditions(1, 700), "mentions are more than 200"),
    "many conditions": (_conditions(30, 4) + "pillar: x\n", "pillar cannot be"),
}
