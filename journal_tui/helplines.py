"""Who to call when someone is being hurt: ours, and what the user's own ``help.yaml`` adds to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from journal_tui.model import JournalError, UsageError, did_you_mean
from journal_tui.paths import HELPLINES
from journal_tui.strictyaml import Fault, FileFaults, Node, Reading, load
from journal_tui.text import fold, listed

_HELP = ("country", "opening", "note", "checked", "countries", "directory", "sources")
_COUNTRY = ("code", "name", "also", "emergency", "lines")
_LINE = ("name", "number", "for", "hours", "languages", "web")
_CODE = re.compile(r"[a-z]{2}")
_CHECKED = re.compile(r"\d{4}-\d{2}")
_WITH_TERRITORY = re.compile(r"[A-Za-z]{2,3}[_-]([A-Za-z]{2})(?![A-Za-z])")
_LOCALES = ("LC_ALL", "LC_TELEPHONE", "LC_ADDRESS", "LC_MONETARY", "LC_MESSAGES", "LANG")
"""Where a locale says in which country one lives; people often read in another language than that of the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody who answers."""

    name: str
    number: str = ""
    """As one dials it, or what to do with it; empty: they are found by `web`."""
    about: str
    """Whom or what they are for."""
    hours: str = ""
    """When they answer; empty: not known."""
    languages: tuple[str, ...] = ()
    web: str = ""

    @property
    def title(self) -> str:
        return f"{self.number} · {self.name}" if self.number and self.number != self.name else self.name

    @property
    def details(self) -> str:
        return " · ".join(filter(None, [self.about, self.hours, ", ".join(self.languages), self.web]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Those who answer in one country."""

    code: str
    """Two small letters (ISO 3166-1)."""
    name: str
    also: tuple[str, ...] = ()
    """Other names that people give it."""
    emergency: str
    lines: tuple[Line, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, folded."""
        return tuple(map(fold, (self.code, self.name, *self.also)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Helplines:
    """The page of those who answer."""

    opening: str = ""
    note: str = ""
    checked: str = ""
    """The month the numbers were looked up in, ``2026-11``."""
    country: str = ""
    """Code of the country that the user's own file names."""
    countries: tuple[Country, ...] = ()
    """The user's own first, then in order of name."""
    directory: tuple[Line, ...] = ()
    """Those who know more, for any country."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the user's own file, which was left out then."""

    def named(self, name: str) -> Country:
        """The country meant by `name`: its code, a name, or a beginning that fits only one.

        Raises:
            UsageError: there is none, or more than one.
        """
        wanted = fold(name.strip())
        exact = [country for country in self.countries if wanted in country.names]
        begins = [c for c in self.countries if len(wanted) > 2 and any(n.startswith(wanted) for n in c.names)]
        found = exact or begins
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f'"{name}" may be {" or ".join(c.name for c in found)}: write a little more of it')
        hint = did_you_mean(wanted, [known for country in self.countries for known in country.names])
        more = listed(line.web for line in self.directory if line.web)
        raise UsageError(f'no helplines for "{name}" are known here{hint}{f": {more} know more" if more else ""}')

    def at_home(self, environment: Mapping[str, str], chosen: str = "") -> Country | None:
        """The country to show first: `chosen`, else what the user's own file names, else what the locale says."""
        codes = (chosen.lower(), self.country, guess_country(environment))
        return next((c for code in codes if code for c in self.countries if c.code == code), None)


def guess_country(environment: Mapping[str, str]) -> str:
    """Code of the country that the locale names (``de_AT.UTF-8``: at), empty when it names none."""
    for variable in _LOCALES:
        if found := _WITH_TERRITORY.match(environment.get(variable, "")):
            return found[1].lower()
    return ""


def load_helplines(bundled: Path, own: Path) -> Helplines:
    """Ours from the folder `bundled`, with what the user's file in the folder `own` puts before it or in its place.

    Raises:
        JournalError: ours cannot be read.
    """
    try:
        ours = _read(bundled / HELPLINES)
    except (FileFaults, OSError) as error:
        raise JournalError(
            f"the helplines in {bundled / HELPLINES} cannot be read ({_reason(error)}): call the emergency number of"
            " your country, or look at findahelpline.com"
        ) from None
    try:
        theirs = _read(own / HELPLINES)
    except FileNotFoundError:
        return ours
    except OSError as error:
        return replace(ours, faults=(Fault(str(own / HELPLINES), 1, 1, f"cannot be read ({_reason(error)})"),))
    except FileFaults as error:
        return replace(ours, faults=tuple(error.faults))
    codes = [country.code for country in theirs.countries]
    return Helplines(
        opening=theirs.opening or ours.opening,
        note=theirs.note or ours.note,
        checked=theirs.checked or ours.checked,
        country=theirs.country,
        countries=(*theirs.countries, *(country for country in ours.countries if country.code not in codes)),
        directory=theirs.directory or ours.directory,
    )


def _reason(error: FileFaults | OSError) -> str:
    return str(error.faults[0]) if isinstance(error, FileFaults) else error.strerror or type(error).__name__


def _read(path: Path) -> Helplines:
    """The helplines in one file.

    Raises:
        FileFaults: something in it is wrong; every fault with its line and column.
        OSError: it cannot be read.
    """
    reader = _HelpReader(str(path))
    helplines = reader.helplines(load(path))
    if reader.faults:
        raise FileFaults(reader.in_order())
    return helplines


class _HelpReader(Reading):
    def helplines(self, root: Node) -> Helplines:
        keys = self.mapping(root, "the file", _HELP)
        countries: dict[str, Country] = {}
        for node in self.items(keys.get("countries"), "countries"):
            country = self.country(node)
            if country.code and country.code in countries:
                self.fault(node, f'the country "{country.code}" stands here twice: keep one')
            countries[country.code] = country
        self.texts(keys.get("sources"), "sources")
        return Helplines(
            opening=self.text(keys.get("opening"), "opening"),
            note=self.text(keys.get("note"), "note"),
            checked=self.shaped(keys.get("checked"), "checked", _CHECKED, "a month, like 2026-11"),
            country=self.code(keys.get("country"), "country"),
            countries=tuple(countries.values()),
            directory=tuple(self.line(node) for node in self.items(keys.get("directory"), "directory")),
        )

    def shaped(self, node: Node | None, where: str, shape: re.Pattern[str], should: str) -> str:
        value = self.text(node, where)
        if node is not None and value and not shape.fullmatch(value):
            self.fault(node, f"{where} should be {should}")
        return value

    def code(self, node: Node | None, where: str) -> str:
        return self.shaped(node, where, _CODE, "the two small letters of a country, like at")

    def country(self, node: Node) -> Country:
        keys = self.mapping(node, "the country", _COUNTRY, ("code", "name", "emergency"))
        return Country(
            code=self.code(keys.get("code"), "code"),
            name=self.text(keys.get("name"), "name", most=60),
            also=self.texts(keys.get("also"), "also", most=60),
            emergency=self.text(keys.get("emergency"), "emergency", most=120),
            lines=tuple(self.line(item) for item in self.items(keys.get("lines"), "lines")),
        )

    def line(self, node: Node) -> Line:
        keys = self.mapping(node, "the line", _LINE, ("name", "for"))
        if keys and not keys.keys() & {"number", "web"}:
            self.fault(node, "the line has no number and no web address: give one of them")
        return Line(
            name=self.text(keys.get("name"), "name", most=100),
            number=self.text(keys.get("number"), "number", most=100),
            about=self.text(keys.get("for"), "for", most=200),
            hours=self.text(keys.get("hours"), "hours", most=100),
            languages=self.texts(keys.get("languages"), "languages", most=60),
            web=self.text(keys.get("web"), "web", most=100),
        )
