"""The schema as editors use it: the real yaml-language-server, spoken to over its own protocol.

It is found in the folder node_modules that MLSD_NODE_MODULES names, or in one above this file; where node or the
package is missing, these tests are skipped.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mlsd.content.root import templates
from mlsd.design import SCHEMA_NAME

SERVER = Path("yaml-language-server/bin/yaml-language-server")

DESIGN = """\
# yaml-language-server: $schema=mlsd-1.schema.json
mlsd: 1
maturity: pilott
metrcs: {}
problem:
  goal: {by: 2027-06-30, baseline: 1_000, target: 5%}
metrics:
  online:
    - id: clickers
      role:
      direction: up
      tagret: 5
""".replace("role:\n", "role: \n")  # where one goes on typing


def server() -> Path:
    folders = [Path(os.environ.get("MLSD_NODE_MODULES", "node_modules"))]
    folders += [above / "node_modules" for above in Path(__file__).resolve().parents]
    found = next((folder / SERVER for folder in folders if (folder / SERVER).is_file()), None)
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if found is None:
        pytest.skip("yaml-language-server is not installed: npm install yaml-language-server@2, and MLSD_NODE_MODULES")
    return found


class Editor:
    """As much of an editor as a language server needs."""

    def __init__(self, process: subprocess.Popen[bytes], file: Path) -> None:
        self.process, self.file, self.asked = process, file, 0

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        return self.wait(lambda said: said.get("id") == self.asked and "method" not in said)["result"]

    def at(self, method: str, text: str) -> Any:
        """Ask about the place right behind this text."""
        before = DESIGN[: DESIGN.index(text) + len(text)]
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self.ask(method, textDocument={"uri": self.file.as_uri()}, position=position)

    def wait(self, awaited: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            said = self._hear()
            if said.get("method") == "workspace/configuration":
                yaml = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
                self._send({"id": said["id"], "result": [yaml] + [{}] * (len(said["params"]["items"]) - 1)})
            elif "method" in said and "id" in said:
                self._send({"id": said["id"], "result": None})
            if awaited(said):
                return said

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while (line := self.process.stdout.readline()).strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server ended"
        return dict(json.loads(self.process.stdout.read(length)))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor that has opened the design beside its schema."""
    command = ["node", str(server()), "--stdio"]
    folder = tmp_path_factory.mktemp("design")
    shutil.copy(templates() / "schema" / SCHEMA_NAME, folder)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        editor = Editor(process, folder / "design.yaml")
        hover = {"contentFormat": ["plaintext"]}
        editor.ask(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            workspaceFolders=[{"uri": folder.as_uri(), "name": "design"}],
            capabilities={"workspace": {"configuration": True}, "textDocument": {"hover": hover}},
        )
        editor.tell("initialized")
        document = {"uri": editor.file.as_uri(), "languageId": "yaml", "version": 1, "text": DESIGN}
        editor.tell("textDocument/didOpen", textDocument=document)
        yield editor
        process.kill()


@pytest.fixture(scope="module")
def complaints(editor: Editor) -> list[tuple[int, str]]:
    """Line (from 1) and message of everything the editor underlines."""
    method = "textDocument/publishDiagnostics"
    said = editor.wait(lambda said: said.get("method") == method and said["params"]["diagnostics"])
    return sorted((entry["range"]["start"]["line"] + 1, entry["message"]) for entry in said["params"]["diagnostics"])


def test_a_wrong_key_and_a_wrong_word_are_underlined_and_nothing_else(complaints):
    words = '"interview", "design", "pilot", "production", null'
    assert complaints == [
        (3, f"Value is not accepted. Valid values: {words}."),
        (4, "Property metrcs is not allowed."),
        (12, "Property tagret is not allowed."),
    ]


def test_hovering_over_a_key_asks_its_question(editor, complaints):
    said = editor.at("textDocument/hover", "      role")["contents"]
    text = said if isinstance(said, str) else said["value"]
    assert "Does it decide, protect or only explain?" in text
    assert "must not get worse" in text


def test_the_words_of_a_choice_are_offered_with_the_question(editor, complaints):
    offered = editor.at("textDocument/completion", "      role: ")["items"]
    assert {item["label"].strip() for item in offered} == {"success", "guardrail", "diagnostic", "null"}
    assert all(item["documentation"].startswith("Does it decide, protect or only explain?") for item in offered)


def test_the_keys_of_an_entry_are_offered(editor, complaints):
    offered = {item["label"] for item in editor.at("textDocument/completion", "      direction: up\n      ")["items"]}
    assert {"target", "margin", "links_to", "window_days"} <= offered
    assert not {"id", "role", "problem"} & offered
