"""What a program costs: wall time, processor time and memory, its processes together."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

_PAUSE: Final = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a program cost.

    Attributes:
        wall, cpu: Seconds; `cpu` is None where the system does not tell.
        memory: The most MiB that its processes had together, what they share counted once; None as above.
        sampled: Whether the times are those of some of the files, scaled to all.
    """

    wall: float
    cpu: float | None
    memory: float | None
    sampled: bool = False

    def scaled(self, start: "Measured", factor: float) -> "Measured":
        """What it would cost with so many times the files, where `start` is what it costs without any."""
        cpu = None
        if self.cpu is not None and start.cpu is not None:
            cpu = start.cpu + (self.cpu - start.cpu) * factor
        return replace(self, wall=start.wall + (self.wall - start.wall) * factor, cpu=cpu, sampled=True)


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measured:
    """Run a program in that folder, with that environment besides the usual.

    Raises:
        RuntimeError: It failed; with its last words.
    """
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            command, cwd=folder, env={**os.environ, **environment}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
        looking = _Looking(process.pid)
        cpu = None
        try:
            if hasattr(os, "wait4"):
                _pid, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                cpu = usage.ru_utime + usage.ru_stime
            else:
                process.wait()
            wall = time.perf_counter() - started
        finally:
            looking.end()
            if process.returncode is None:
                process.kill()
        # 1: there were errors in the forms.
        if process.returncode not in (0, 1):
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {errors.read()[-2000:].decode(errors='replace')}")
    return Measured(wall, cpu, looking.most)


class _Looking(threading.Thread):
    """Looks at the memory of the processes of a session again and again."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._ended = threading.Event()
        self.most: float | None = None
        self.start()

    def run(self) -> None:
        while not self._ended.wait(_PAUSE):
            if memory := _memory(self._session):
                self.most = max(self.most or 0, memory)

    def end(self) -> None:
        self._ended.set()
        self.join()


def _memory(session: int) -> float:
    """MiB that the processes of the session have together: of what several share, each has its part."""
    kibibytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # Behind the name, which may hold anything: state, parent, group, session.
            fields = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == session:
                lines = (process / "smaps_rollup").read_text(encoding="ascii", errors="replace").splitlines()
                kibibytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, IndexError, ValueError):
            continue  # It has ended meanwhile, or is another user's.
    return kibibytes / 1024
