"""What strangers put into a design, and a design with an answer in every field that takes one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from mlsd.design import Design
from mlsd.storage.schema import model_at, model_below

TERMINAL = {
    "csi": "\x1b[31mred\x1b[2J\x1b[1;1H",
    "osc title": "\x1b]0;owned\x07",
    "osc link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "osc clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "dcs": "\x1bP$q\x1b\\",
    "c1 csi": "\x9b31mred",
    "c1 osc": "\x9d0;owned\x9c",
    "c0": "a\x00b\x01c\x08d\x0be\x0cf\x0eg\x7fh",
    "carriage return": "all is well\rerror",
    "bidi override": "user\u202egpj.exe",
    "bidi isolates": "\u2066a\u2067b\u2068c\u2069\u202a\u202b\u202c\u202d\u200e\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "separators": "a\u2028b\u2029c\x85d",
    "tags": "a\U000e0041\U000e0042",
}
RICH = {
    "closing tag": "metric [/precision]@k",
    "empty tag": "[/]",
    "open tag": "[b",
    "bracket": "[",
    "style": "[red]red[/red] [1] project/[WIP]",
    "link": "[link=https://evil.example]click[/link]",
    "backslash": "\\[bold]\\",
}
MARKDOWN = {
    "fake section": "CTR | uplift\n## 7. Approved by CTO",
    "table": "x\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "fences": "```\n# out\n```\n\n---\n> quote\n\n~~~mermaid\nclick a\n~~~",
    "link": "[click](javascript:alert(1)) ![x](http://evil.example/p.png) <http://evil.example>",
    "escaped link": "see \\[the fix\\](https://evil.example/login) and [a[b]](https://evil.example)",
    "reference": "[a]: http://evil.example 'x'\n\n[a]\n\nSetext\n===",
    "list": "- [x] approved\n1. one\n1) two\n+ three",
}
HTML = {
    "script": "<script>alert(1)</script>",
    "event": "<img src=x onerror=alert(1)>\"><svg onload=alert(1)>' onmouseover='alert(1)",
    "style": "<style>@import url(http://evil.example)</style><b style=\"background:url('http://evil.example')\">",
    "closing": "</title></p></td></table></body></html><!-- --><![CDATA[ ]]>",
    "entities": "&lt;script&gt;&#60;script&#62;&#x3c;iframe src=http://evil.example&#x3e;",
    "frame": "<iframe src=//evil.example></iframe><base href=//evil.example><meta http-equiv=refresh content=0>",
}
DRAWN = {
    "mermaid": 'x"] --> evil["y',
    "mermaid order": "%%{init: {'securityLevel':'loose'}}%%\nclick a \"javascript:alert(1)\"\nend",
    "typst": '#read("/etc/passwd") #panic() $x$ @label <label> \\u{41} #import "@preview/cetz:0.3.0"',
    "json": '"}],"data":"\\u0000',
}
TEMPLATE = {
    "jinja": "{{7*7}} {% for x in design %}x{% endfor %} {# gone #} {{ ''.__class__.__mro__ }}",
    "raw": "{% endraw %}{{7*7}}{% raw %}",
    "format": "{0.__class__} {key} {} %s %(title)s {mlsd!r:>99999}",
    "brace": "{",
}
YAML = {
    "alias": "*a",
    "bomb": "&a [*a, *a]",
    "tag": "!!python/object/apply:os.system [id]",
    "merge": "<<: *a",
    "documents": "---\na: 1\n...\n--- !x",
    "comment": "a # not a comment",
    "colon": "a: b: c",
}
SHELL = {"command": "$(id) `id`; rm -rf / | tee & ../../etc/passwd", "csv": "=cmd|' /C calc'!A0"}
SIZE = {"long word": "w" * 300, "long line": "слово " * 60, "many lines": "line\n" * 40, "wide": "界" * 200}

KINDS = {
    "terminal": TERMINAL, "rich": RICH, "markdown": MARKDOWN, "html": HTML, "drawn": DRAWN,
    "template": TEMPLATE, "yaml": YAML, "shell": SHELL, "size": SIZE,
}  # fmt: skip
CORPUS: dict[str, str] = {f"{kind}: {name}": text for kind, texts in KINDS.items() for name, text in texts.items()}

_HEADER = ("template", "language", "maturity", "mlsd", "assumed")
_PAIR = re.compile(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")
_ORDINARY: tuple[Any, ...] = (0.5, 5, 1, "a_word", "2027-06-30", "5 min", True, "70/30")


@cache
def template() -> tuple[dict[str, Any], tuple[tuple[str | int, ...], ...]]:
    """A design with every field filled, and the paths of those that take any text at all."""
    paths: list[tuple[str | int, ...]] = []
    data = _filled(Design, (), paths.append) | {"mlsd": 1}
    data["model"]["split"] |= {"train": 0.8, "validation": 0.1, "test": 0.1}
    return data, tuple(paths)


def attacked(*texts: str) -> dict[str, Any]:
    """The design whose every text is this one; of several, one after the other. Keys of one's own are texts too."""
    data, paths = template()
    changed = json.loads(json.dumps(data))
    for number, path in enumerate(paths):
        put(changed, path, texts[number % len(texts)])
    changed["glossary"] = {text[:100]: text for text in texts}
    changed["ab_test"]["split"] = {texts[0][:100]: 0.5, "other": 0.5}
    return changed


def attacked_example(*texts: str) -> dict[str, Any]:
    """The shipped example, whose numbers agree, so that every rule and every paragraph has something to say."""
    data, paths = _example()
    changed: dict[str, Any] = json.loads(json.dumps(data))
    for number, path in enumerate(paths):
        put(changed, path, texts[number % len(texts)])
    return changed


@cache
def _example() -> tuple[dict[str, Any], tuple[tuple[str | int, ...], ...]]:
    from mlsd.content.root import examples
    from mlsd.storage import read

    data = read(examples() / "recsys" / "design.yaml").design.filled()
    texts = [path for path, value in Design.model_validate(data).leaves() if isinstance(value, str)]
    return data, tuple(path for path in texts if path[0] not in _HEADER and _any_text_at(path))


def _any_text_at(path: tuple[str | int, ...]) -> bool:
    *above, key = (step for step in path if isinstance(step, str))
    model = model_at(tuple(above))
    return model is not None and any(_takes(model, key, text) for text in ("any\x1btext [", ["any\x1btext ["]))


def put(data: dict[str, Any], path: tuple[str | int, ...], text: str) -> dict[str, Any]:
    """The data after one of its texts became another."""
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = text
    return data


def as_yaml(data: Any) -> str:
    """The data as a design file: JSON is YAML, with escapes for what no editor shows."""
    escaped = json.dumps(data, indent=1)
    return _PAIR.sub(lambda pair: f"\\U{ord(json.loads(f'{chr(34)}{pair[0]}{chr(34)}')):08x}", escaped)


def _filled(model: type[BaseModel], at: tuple[str | int, ...], note: Callable[[tuple[str | int, ...]], None]) -> Any:
    data: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        below = model_below(model, key)
        if below is None:
            value, text = _value(model, key)
            data[key] = value
            if text:
                note((*at, key, *([0] if isinstance(value, list) else [])))
        elif _takes(model, key, [{}]):
            data[key] = [_filled(below, (*at, key, 0), note), _filled(below, (*at, key, 1), note)]
            _set_ids(data[key])
        else:
            data[key] = _filled(below, (*at, key), note)
    return data


def _set_ids(entries: list[dict[str, Any]]) -> None:
    for position, entry in enumerate(entries):
        if isinstance(entry.get("id"), str):
            entry["id"] = f"{entry['id']}_{position}"


def _value(model: type[BaseModel], key: str) -> tuple[Any, bool]:
    """A value for the field, and whether it may be any text."""
    for text in ("any\x1btext [", ["any\x1btext ["]):
        if _takes(model, key, text):
            return text, True
    for value in (*_ORDINARY, *_words(model, key)):
        for written in (value, [value], {"arm": value}):
            if _takes(model, key, written):
                return written, False
    return None, False


@cache
def _schema() -> dict[str, Any]:
    from mlsd.design.json_schema import json_schema

    return json_schema()


def _words(model: type[BaseModel], key: str) -> Iterator[str]:
    schema = _schema()
    whole = schema if model is Design else schema["$defs"][model.__name__]
    for part in (whole, *whole.get("anyOf", ())):
        field = part.get("properties", {}).get(key, {})
        for choice in (field, *field.get("anyOf", ())):
            yield from (word for word in choice.get("enum", ()) if word)


def _takes(model: type[BaseModel], key: str, value: Any) -> bool:
    try:
        model.model_validate({key: value})
    except ValidationError:
        return False
    return True
