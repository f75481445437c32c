"""The Jinja environment of documents: sandboxed, its context plain data, everything it prints escaped as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mlsd.content.language import Language
from mlsd.content.root import templates
from mlsd.errors import Message, MlsdError
from mlsd.render import escape, filters, fitting
from mlsd.render.filters import markdown

LONGEST = 4_000_000
"""Characters of a print at most; a document of a thousand pages is shorter."""
LARGEST_NUMBER = 10**12

_FILTERS = ("default", "first", "last", "length", "list", "map", "reject", "rejectattr", "select", "selectattr")
_TESTS = ("defined", "none", "equalto", "==", "eq", "ne", "in", "true", "false", "string")


class DocumentEnvironment(ImmutableSandboxedEnvironment):
    """Shapes of documents under one folder. Products and powers are bounded, filters and tests are a short list."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, folder: Path, language: Language) -> None:
        super().__init__(
            loader=FileSystemLoader(folder),
            bytecode_cache=_Compiled(str(folder / "__pycache__")),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            finalize=markdown,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        self.filters = {name: self.filters[name] for name in _FILTERS} | {
            "block": filters.block,
            "capital": filters.capital,
            "clause": filters.clause,
            "code": _code,
            "codes": filters.codes,
            "contents": filters.contents,
            "fence": escape.fence,
            "few": fitting.few,
            "fit": fitting.fit,
            "opening": fitting.opening,
            "spoken": fitting.spoken,
            "indent": filters.indent,
            "join": filters.join,
            "prose": filters.prose,
            "space_before": filters.space_before,
            "sentence": filters.sentence,
            "table": filters.table_with(f"*⟨{language.say(Message('open'))}⟩*"),
        }
        self.tests = {name: self.tests[name] for name in _TESTS}
        speak = _speaker(language)
        self.globals = {"_": speak, "gettext": speak, "namespace": self.globals["namespace"]}
        self.newstyle_gettext = True

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a dict holds under the name, never a method of it; templates reach nothing else."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply or raise two small numbers; anything else, a repeated text above all, is refused."""
        for side in (left, right):
            if not isinstance(side, int | float) or abs(side) > LARGEST_NUMBER:
                raise SecurityError(f"{operator} takes two small numbers here")
        if operator == "**" and abs(right) > 16:
            raise SecurityError("a power this large is not needed here")
        return super().call_binop(context, operator, left, right)

    def print(self, name: str, context: Mapping[str, Any]) -> str:
        """The document of that name for this context. Raises MlsdError if it grows beyond all measure."""
        parts: list[str] = []
        size = 0
        for part in self.get_template(name).generate(dict(context)):
            size += len(part)
            if size > LONGEST:
                raise MlsdError(Message("The document grows beyond {most} characters.", most=LONGEST))
            parts.append(part)
        return "".join(parts)


class _Compiled(FileSystemBytecodeCache):
    """Compiled shapes beside their source, as Python keeps its modules; where nobody may write there, none are kept."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """As its parent, but the file is read at once: jinja asks a file for a few bytes at a time."""
        with suppress(OSError):
            bucket.bytecode_from_string(Path(self._get_cache_filename(bucket)).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


@cache
def documents(language: Language) -> DocumentEnvironment:
    """The shapes under ``templates/documents`` in this language."""
    return DocumentEnvironment(templates() / "documents", language)


def _speaker(language: Language) -> Callable[..., Markup]:
    def speak(msgid: str, /, **values: Any) -> Markup:
        said = language.text("mlsd", msgid)
        return Markup(said % {name: markdown(value) for name, value in values.items()})

    return speak


def _code(value: Any) -> Markup:
    return escape.code(str(value)) if value else Markup("")
