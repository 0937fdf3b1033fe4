"""All packs together: ours and the user's. A broken one is left out and told, never in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from journal_tui.model import JournalError, Pack, Pillar, Prompt, UsageError, did_you_mean
from journal_tui.packs.reader import read_pack
from journal_tui.paths import HELPLINES
from journal_tui.strictyaml import Fault, FileFaults
from journal_tui.text import fold, listed


@dataclass(frozen=True, slots=True)
class Library:
    """The packs in use, by id, and what was wrong with those left out."""

    packs: dict[str, Pack]
    faults: tuple[Fault, ...] = ()
    replaced: frozenset[str] = frozenset()
    """Ids of our packs that one of the user's own takes the place of."""

    @property
    def left_out(self) -> str:
        """One line on the packs that cannot be used; empty where all can."""
        files = list(dict.fromkeys(fault.file for fault in self.faults))
        if len(files) == 1:
            more = f" (and {len(self.faults) - 1} more)" if len(self.faults) > 1 else ""
            return f"pack left out: {self.faults[0]}{more}"
        names = listed(Path(file).name for file in files)
        return f"{names} left out: `journal-tui packs check` says why" if files else ""

    def for_session(self, choice: Pillar | str) -> Pack:
        """The pack of a pillar with all that the user's other packs on it add, or the pack with this id.

        Raises:
            JournalError: there is none.
        """
        if choice not in list(Pillar):
            return self._at_home(self.get(choice))
        pillar = Pillar(choice)
        found = [pack for pack in self.packs.values() if pack.pillar is pillar]
        if not found:
            raise JournalError(f"there is no pack on {pillar.value}: `journal-tui packs check` says why")
        first, *others = sorted(found, key=lambda pack: pack.id != pillar.value)
        return replace(
            first,
            prompts=(*first.prompts, *(_from(pack, prompt) for pack in others for prompt in pack.prompts)),
            closing=(*first.closing, *(_from(pack, prompt) for pack in others for prompt in pack.closing)),
        )

    def _at_home(self, pack: Pack) -> Pack:
        """The pack, asking for a rating and a promise as its pillar does where it has no words of its own."""
        pillars = self.packs.get(pack.pillar.value) if pack.pillar else None
        if pillars is None or pillars.language != pack.language:
            return pack
        return replace(pack, rating=pack.rating or pillars.rating, promise=pack.promise or pillars.promise)

    def title(self, pillar: Pillar) -> str:
        """What the pillar is called: as the pack in its place says, which may be in another language."""
        pack = self.packs.get(pillar.value)
        return pack.title if pack and pack.pillar is pillar else pillar.title

    def session_packs(self) -> dict[str, Pack]:
        """By id, every pack as a session meets it."""
        return {id: self.for_session(id) for id in self.packs}

    def get(self, id: str) -> Pack:
        """The pack with this id or title.

        Raises:
            UsageError: there is none.
        """
        if id in self.packs:
            return self.packs[id]
        titled = next((pack for pack in self.packs.values() if fold(pack.title) == fold(id)), None)
        if titled:
            return titled
        raise UsageError(f'there is no pack "{id}"{did_you_mean(id, self.packs)}: `journal-tui packs list` names them')


def _from(pack: Pack, prompt: Prompt) -> Prompt:
    """A prompt as it is met in another pack."""
    return replace(prompt, language=pack.language)


def load_library(bundled: Path, own: Path | None = None) -> Library:
    """Every readable pack of both folders; with the same id the user's wins."""
    packs: dict[str, Pack] = {}
    faults: list[Fault] = []
    replaced: set[str] = set()
    for folder, is_own in ((bundled, False), (own, True)):
        try:
            files = pack_files(folder)
        except OSError as error:
            faults.append(Fault(str(folder), 1, 1, f"cannot be read ({error.strerror})"))
            continue
        for path in files:
            try:
                pack = read_pack(path, own=is_own)
            except FileFaults as error:
                faults += error.faults
                continue
            except OSError as error:
                faults.append(Fault(str(path), 1, 1, f"cannot be read ({error.strerror})"))
                continue
            earlier = packs.get(pack.id)
            if earlier and earlier.own == is_own:
                faults.append(Fault(str(path), 1, 1, f'pack id "{pack.id}" is already taken by {earlier.file}'))
                continue
            if earlier:
                replaced.add(pack.id)
                pack = replace(pack, pillar=pack.pillar or earlier.pillar)
            packs[pack.id] = pack
    return Library(packs, tuple(faults), frozenset(replaced))


def pack_files(folder: Path | None) -> list[Path]:
    """The pack files in `folder`, in order of name; none when there is no such folder."""
    if folder is None or not folder.is_dir():
        return []
    order = [pillar.value for pillar in Pillar]
    found = [
        path
        for path in folder.iterdir()
        if path.suffix in (".yaml", ".yml") and not path.name.startswith(".") and path.name != HELPLINES
    ]
    return sorted(found, key=lambda p: (order.index(p.stem) if p.stem in order else len(order), p.name))
