"""Several processes that live and die together: in go their command lines, out comes one exit code."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import Any

PATIENCE_SECONDS = 12
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Together:
    """Stops all it started when one of them ends, on Ctrl-C and on a polite request to end."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[bytes]] = []
        self.asked_to_stop = threading.Event()
        self.before: dict[signal.Signals, Any] = {}

    def start(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        # A session of its own: Ctrl-C in the terminal reaches us alone, and we end the others in order.
        process = subprocess.Popen(list(command), env=environment, start_new_session=True)  # noqa: S603
        self.running.append(process)

    def wait(self) -> int:
        """Return 0 when asked to stop, 1 when one of them ended by itself."""
        while not self.asked_to_stop.wait(0.3):
            for process in self.ended():
                print(f"homeward: {process.args!r} ended with {process.returncode}", file=sys.stderr)  # noqa: T201
                return 1
        return 0

    def ended(self) -> list[subprocess.Popen[bytes]]:
        return [process for process in self.running if process.poll() is not None]

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __enter__(self) -> "Together":
        self.before = {number: signal.signal(number, self.hear) for number in SIGNALS}
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def hear(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop.set()


def python_module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def wait_until(is_ready: Callable[[], bool], together: Together, seconds: float) -> bool:
    """Whether it became ready in time; gives up when asked to stop or when a process ended."""
    for _ in range(int(seconds / 0.2)):
        if is_ready():
            return True
        if together.ended() or together.asked_to_stop.wait(0.2):
            return False
    return False
