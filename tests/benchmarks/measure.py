"""Clocks: interleaved runs, the processor time of a process, and the peak memory of a process."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: One side: it does its work and says how many seconds of it count, and what it found.
Side = Callable[[], tuple[float, Any]]


def timed(work: Callable[[], Any]) -> Side:
    """All of the work counts, in processor time: a longer run would wait more for what else the machine does."""

    def side() -> tuple[float, Any]:
        start = time.process_time()
        found = work()
        return time.process_time() - start, found

    return side


def interleaved(rounds: int, *sides: tuple[Side, int]) -> tuple[list[float], list[Any]]:
    """The median seconds of each side, and what each found last; a side runs so many times a round."""
    times: list[list[float]] = [[] for _ in sides]
    results: list[Any] = [None for _ in sides]
    for _ in range(rounds):
        for i, (side, runs) in enumerate(sides):
            gc.collect()
            gc.disable()  # as timeit does: nobody clears up after the others
            for _ in range(runs):
                results[i] = None
                seconds, results[i] = side()
                times[i].append(seconds)
            gc.enable()
    return [statistics.median(t) for t in times], results


def cpu_seconds(*command: str) -> float:
    """The user and system time of a process from start to end."""
    # Compiled modules may be kept, as they are for whoever installs a package.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *command], env=environment, stdout=nowhere, stderr=nowhere)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime


def in_a_process(script: str, *arguments: str) -> Any:
    """What a script beside this one prints as JSON when it runs in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    return json.loads(run.stdout)


def memory() -> int:
    """The bytes in memory now."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return peak_memory()


def peak_memory() -> int:
    """The most bytes that have been in memory since the process started."""
    try:  # what getrusage reports starts from the memory of the process that started this one
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
