"""A headless Chromium for tests, spoken to in the DevTools protocol over two pipes; axe-core beside it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from select import select
from types import TracebackType
from typing import Any, cast

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
AXE = Path(os.environ.get("MLSD_NODE_MODULES", "/nowhere"), "axe-core", "axe.min.js")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
]  # fmt: skip
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
DESKTOP = {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False}
COMPLAINTS = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Audits.issueAdded"}


def missing() -> str:
    """Why there is no browser to test in; empty if there is one."""
    if PROGRAM is None:
        return "chromium is not installed"
    return "" if AXE.is_file() else "axe-core is not in $MLSD_NODE_MODULES (npm install axe-core@4)"


class Tab:
    """One page in a browser of its own; ``complaints`` and ``requests`` are all it ever had."""

    def __init__(self, profile: Path) -> None:
        onto_pipes = ["sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >&2', "sh"]  # it reads commands on 3, answers on 4
        self.process = subprocess.Popen(
            [*onto_pipes, str(PROGRAM), *QUIET, f"--user-data-dir={profile}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.session: str | None = None
        self.calls = 0
        self.events: list[str] = []
        self.messages = self._messages()
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.do(f"{domain}.enable")
        self.do("Emulation.setFocusEmulationEnabled", enabled=True)

    def __enter__(self) -> Tab:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()  # it ends when its commands do
        self.process.wait(10)

    def _messages(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        pipe, rest = self.process.stdout.fileno(), b""
        while select([pipe], [], [], 60)[0] and (data := os.read(pipe, 1 << 20)):
            *whole, rest = (rest + data).split(b"\0")
            yield from map(json.loads, whole)
        raise AssertionError("the browser has ended, or says nothing")

    def do(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol and wait for what it gives."""
        self.calls += 1
        call: dict[str, object] = {"id": self.calls, "method": method, "params": parameters}
        if self.session:
            call["sessionId"] = self.session
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(call).encode() + b"\0")
        self.process.stdin.flush()
        for message in self.messages:
            if message.get("id") == self.calls:
                assert "error" not in message, f"{method}: {message['error']}"
                return cast("dict[str, Any]", message["result"])
            self._note(message)
        raise AssertionError("unreachable")

    def _note(self, message: dict[str, Any]) -> None:
        name, about = message["method"], message["params"]
        self.events.append(name)
        if name in COMPLAINTS:
            self.complaints.append(json.dumps(about))
        elif name == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])

    def open(self, file: Path) -> Tab:
        """Show a file, and wait until it is loaded."""
        self.events.clear()
        self.do("Page.navigate", url=file.as_uri())
        while "Page.loadEventFired" not in self.events:
            self._note(next(self.messages))
        return self

    def like(self, device: dict[str, object], *, scheme: str = "light", medium: str = "screen") -> Tab:
        """Show it on a device, in a colour scheme (light, dark), on screen or in print."""
        self.do("Emulation.setDeviceMetricsOverride", **device)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.do("Emulation.setEmulatedMedia", media=medium, features=features)
        return self

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression, waited for."""
        made = self.do("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in made, made["exceptionDetails"]
        return made["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """A key down and up: its name, and its number among Windows' virtual keys."""
        for kind in ("rawKeyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def violations(self) -> list[str]:
        """What axe-core has against the page, by all of its rules."""
        if self.ask("typeof axe") == "undefined":
            self.ask(AXE.read_text(encoding="utf-8") + ";0")
        found = self.ask("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    def picture(self, file: Path, *, whole: bool = True) -> None:
        """A screenshot, for a person to look at."""
        taken = self.do("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(taken["data"]))

    def pdf(self, file: Path) -> None:
        """The page as it prints."""
        self.do("Emulation.setEmulatedMedia", media="")
        file.write_bytes(base64.b64decode(self.do("Page.printToPDF", preferCSSPageSize=True)["data"]))
