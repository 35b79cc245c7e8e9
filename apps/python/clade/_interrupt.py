"""Ctrl-C while the engine runs."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def cancelled_by_interrupt(cancel: Callable[[], None]) -> Iterator[None]:
    """Calls cancel() as soon as the process is sent SIGINT; its handler runs when the engine has returned.

    The engine holds the main thread, so Python does not run handlers meanwhile; the number of a signal is written to a
    socket at once, where another thread waits. Does nothing in other threads than the main one: signals are not theirs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)

    def watch() -> None:
        while numbers := reader.recv(64):
            if signal.SIGINT in numbers:
                cancel()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        writer.close()
        watcher.join()
        reader.close()
