"""Documents: their context is plain data, their shapes reach nothing else. Beyond tests/render/test_environment.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile
import pytest
from jinja2.exceptions import SecurityError, TemplateError

from mlsd.content.language import language
from mlsd.design import Design
from mlsd.render.context import context
from mlsd.render.diagram import graph_of
from mlsd.render.environment import DocumentEnvironment
from mlsd.render.pictures import pictures
from mlsd.render.view.figures import Figures
from mlsd.render.view.names import Names

ENGLISH = language("en")


def types(value: Any) -> Iterator[type]:
    yield type(value)
    if isinstance(value, dict):
        for key, entry in value.items():
            yield type(key)
            yield from types(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from types(entry)


class _Text(str):
    def evil(self) -> str:
        return "reached"


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_the_context_is_plain_data_whatever_was_answered(kind: str) -> None:
    """S1: exact built-in types, also where a finding carries a subclass, a path or an object."""
    design = Design.model_validate(hostile.attacked(*hostile.KINDS[kind].values()))
    finding = {"message": _Text("m"), "path": Path("x"), "question": object(), "ways_out": (_Text("w"),), "line": True}
    graph = graph_of(design.filled(), ENGLISH.say)
    drawn = pictures(design, graph, Figures(ENGLISH, design.currency), Names(design, ENGLISH.say))
    values = context(design, ENGLISH, pictures=drawn, findings=[finding], waived=[finding], template={"x": ENGLISH})
    assert set(types(values)) <= {dict, list, str, int, float, bool, type(None)}


REACHES = [
    "{{ %s.__class__ }}", "{{ %s['__class__'] }}", "{{ %s|attr('__class__') }}", "{{ (%s).__init__.__globals__ }}",
    "{%% set x = %s.__class__ %%}{{ x }}", "{%% for x in [%s] %%}{{ x.__class__ }}{%% endfor %%}",
    "{{ [%s]|map(attribute='__class__')|list }}", "{{ %s.format(1) }}", "{{ %s.format_map({}) }}",
    "{{ '%%s'|format(%s.__class__) }}", "{{ %s.parse_raw('x') }}", "{{ %s.from_file('x') }}", "{{ %s.parser }}",
    "{{ %s|tojson|safe }}", "{{ cycler.__init__ }}{{ %s.__x__ }}",
    "{{ lipsum.__globals__ }}{{ %s.__x__ }}", "{{ namespace.__init__.__globals__ }}{{ %s.__x__ }}",
    "{{ gettext.__globals__ }}{{ %s.__x__ }}", "{{ _.__closure__ }}{{ %s.__x__ }}", "{{ %s.update({'x': 1}) }}",
]  # fmt: skip


@pytest.mark.parametrize("source", REACHES)
@pytest.mark.parametrize("value", ["design", "design.title", "design.list", "design.number"])
def test_no_attribute_leads_out_of_the_data(tmp_path: Path, source: str, value: str) -> None:
    """S1, S2: the ways of copier's advisories, through every type of value that a document sees."""
    environment = DocumentEnvironment(tmp_path, ENGLISH)
    values = {"design": {"title": "text", "list": [1], "number": 7}}
    try:
        printed = environment.from_string(source % value).render(values)
    except (TemplateError, SecurityError, TypeError):
        return
    assert printed.strip("[]\\") in ("text", "Undefined")  # a text formatted in the sandbox, and a list of nothing


@pytest.mark.parametrize("name", ["../x.md.j2", "/etc/passwd", "a/../../x.md.j2", "link.md.j2/../x", "..\\x"])
def test_no_shape_lies_outside_its_folder(tmp_path: Path, name: str) -> None:
    """S5: include, import and extends stay in the folder of shapes."""
    (tmp_path / "x.md.j2").write_text("SECRET")
    (tmp_path / "shapes").mkdir()
    environment = DocumentEnvironment(tmp_path / "shapes", ENGLISH)
    for verb in ("include", "extends", "import"):
        source = f"{{% {verb} {name!r}{' as x' if verb == 'import' else ''} %}}"
        with pytest.raises(TemplateError):
            environment.from_string(source).render({})


PRODUCTS = ["{{ 'a' * n }}", "{{ n * 'a' }}", "{{ [0] * n }}", "{{ 10 ** n }}", "{{ 1e300 * 1e300 }}"]


@pytest.mark.parametrize("source", PRODUCTS)
def test_nothing_is_multiplied_into_memory(tmp_path: Path, source: str) -> None:
    """S3: products of texts and lists, and large powers."""
    with pytest.raises(SecurityError):
        DocumentEnvironment(tmp_path, ENGLISH).from_string(source).render({"n": 10**9})


def test_a_shape_that_calls_itself_ends(tmp_path: Path) -> None:
    """S3: recursion is an error, not a hang."""
    source = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"
    with pytest.raises((RecursionError, TemplateError)):
        DocumentEnvironment(tmp_path, ENGLISH).from_string(source).render({})
