"""The sandbox: nothing but plain data is reached, nothing is rendered twice, nothing grows without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, TemplateError, TemplateRuntimeError, UndefinedError
from markupsafe import Markup

from mlsd.content.language import language
from mlsd.errors import MlsdError
from mlsd.render.environment import LONGEST, DocumentEnvironment


@pytest.fixture
def environment(tmp_path: Path) -> DocumentEnvironment:
    return DocumentEnvironment(tmp_path, language("en"))


def printed(environment: DocumentEnvironment, source: str, **values: object) -> str:
    return environment.from_string(source).render(**values)


def test_every_value_is_escaped(environment: DocumentEnvironment) -> None:
    source = "{{ a }} {{ [a, b]|join }} {{ _('of %(a)s', a=a) }} {% trans x=a %}to {{ x }}{% endtrans %} {{ b }}"
    assert printed(environment, source, a="*x*", b="<b>") == r"\*x\* \*x\*, \<b\> of \*x\* to \*x\* \<b\>"


def test_macros_and_blocks_are_not_escaped_twice(environment: DocumentEnvironment) -> None:
    source = "{% macro m(x) %}**{{ x }}**{% endmacro %}{% set s %}_{{ m('a|b') }}_{% endset %}{{ s }}"
    assert printed(environment, source) == r"_**a\|b**_"


def test_an_answer_is_never_a_template(environment: DocumentEnvironment) -> None:
    answer = "{{7*7}}{% endraw %}{{ x }}{#"
    assert printed(environment, "{{ a }}", a=answer) == r"{{7\*7}}{% endraw %}{{ x }}{\#"


@pytest.mark.parametrize(
    "source",
    [
        "{{ d.__class__ }}",
        "{{ d['__class__'].__mro__ }}",
        "{{ d.a.__init__ }}",
        "{{ _.__globals__ }}",
        "{{ d|attr('keys') }}",
        "{{ d.keys() }}",
        "{{ '{0.__class__}'.format(d) }}",
        "{% set x = d.update({'b': 1}) %}",
        "{% for k in [d]|map(attribute='__class__.__mro__') %}{{ k }}{% endfor %}",
        "{{ d.a|pprint }}",
        "{{ range(10) }}",
        "{{ self.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../secret' %}",
    ],
)
def test_nothing_beyond_the_data_is_reached(environment: DocumentEnvironment, source: str) -> None:
    with pytest.raises((TemplateError, SecurityError)):
        printed(environment, source, d={"a": "text"})


def test_a_key_wins_over_a_method(environment: DocumentEnvironment) -> None:
    assert printed(environment, "{{ d.items }}{{ d.keys }}", d={"items": "3M", "keys": 2}) == "3M2"


@pytest.mark.parametrize("source", ["{{ 'a' * 10**9 }}", "{{ [1] * 9 }}", "{{ 9 ** 99 }}", "{{ (1,) * 5 }}"])
def test_products_are_bounded(environment: DocumentEnvironment, source: str) -> None:
    with pytest.raises(SecurityError):
        printed(environment, source)


def test_a_product_of_small_numbers(environment: DocumentEnvironment) -> None:
    assert printed(environment, "{{ 6 * 7 }} {{ 2 ** 3 }}") == "42 8"


def test_a_document_that_grows_without_end_is_stopped(environment: DocumentEnvironment, tmp_path: Path) -> None:
    (tmp_path / "big.md.j2").write_text("{% for a in x %}{% for b in x %}{{ t }}{% endfor %}{% endfor %}")
    with pytest.raises(MlsdError, match=f"beyond {LONGEST} characters"):
        environment.print("big.md.j2", {"x": list(range(1000)), "t": "ten signs." * 1000})


def test_what_is_missing_is_an_error_not_a_blank(environment: DocumentEnvironment) -> None:
    with pytest.raises((UndefinedError, TemplateRuntimeError)):
        printed(environment, "{{ d.nothing }}", d={})


def test_prose_and_sentences(environment: DocumentEnvironment) -> None:
    source = "{{ ['a is b'|sentence, 'no' if false, none, 'c.†'|sentence, 'd†'|sentence]|prose }}|{{ 'e. f.'|clause }}"
    assert printed(environment, source) == "A is b. C.† D†.|e. f"


def test_a_table_drops_empty_columns_and_marks_gaps(environment: DocumentEnvironment) -> None:
    rows = [{"a": "x|y", "b": None, "c": None, "n": 1}, {"a": None, "b": ["p", "q"], "c": None, "n": Markup("*2*")}]
    source = "{{ rows|table([['a', 'A', 'open'], ['b', 'B'], ['c', 'C'], ['n', 'N', 'right']]) }}"
    assert printed(environment, source, rows=rows).splitlines() == [
        "| A | B | N |",
        "| --- | --- | ---: |",
        r"| x\|y |  | 1 |",
        "| *⟨open⟩* | p, q | *2* |",
    ]


def test_contents_link_as_github_does(environment: DocumentEnvironment) -> None:
    source = "{{ body|contents }}"
    body = Markup("## 7. A/B test\n\n### not this\n\n```\n## nor this\n```\n\n## Данные и метрики\n")
    links = "- [7. A/B test](#7-ab-test)\n- [Данные и метрики](#данные-и-метрики)"
    assert printed(environment, source, body=body) == links
