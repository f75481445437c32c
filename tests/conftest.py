"""Every test runs without a clock, and without a network: what is sent further than this machine fails (S25)."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import sys
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("mlsd", deadline=None, derandomize="CI" in os.environ)  # no verdict hangs on the clock
settings.load_profile("mlsd")

_TALKS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_ASKS = {"socket.getaddrinfo", "socket.gethostbyname"}


class NetworkUsedError(Exception):
    """A test, or what it tests, wanted to talk to another machine."""


def _is_near(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback or str(host) == "0.0.0.0"
    except ValueError:
        return False


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _TALKS:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_near(address[0]):
            raise NetworkUsedError(f"{event} {address}")
    elif event in _ASKS and not _is_near(arguments[0]):
        raise NetworkUsedError(f"{event} {arguments[0]!r}")


def pytest_configure(config: pytest.Config) -> None:
    """An audit hook cannot be taken away again by anything that runs later."""
    sys.addaudithook(_guard)
    gc.set_threshold(100_000)  # as `mlsd` itself: looking for circles among the modules is a tenth of a run
    # a gate started in the background ignores Ctrl-C and a closed terminal, and so would every program that it starts
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda number, frame: None)
