"""Does one scenario between two marks, for a tracer to watch: ``python -m tests.faults.traced NAME FOLDER``.

Prints which calls were counted, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

from journal_tui.store import vault
from tests.faults.disk import Disk
from tests.faults.scenarios import SCENARIOS, opened

BEGIN, END = "/begin of the scenario", "/end of the scenario"


def run(name: str, home: Path) -> Counter[str]:
    scenario = next(scenario for scenario in SCENARIOS if scenario.name == name)
    vault.MEMORY_KIB, vault.PASSES, vault.LANES = 8, 1, 1
    scenario.prepare(home)
    world = opened(home)
    with Disk(home) as disk:
        os.path.lexists(BEGIN)
        if scenario.passphrase:
            world.unlock(scenario.passphrase)
        scenario.act(world)
        os.path.lexists(END)
    return Counter(call.name for call in disk.calls)


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], Path(sys.argv[2]))))
