"""What strangers write into a design, and how they name it, stays a word in every report of ``mlsd check``."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from pathlib import Path

import hostile
import pytest
from markdown_it import MarkdownIt
from security_run import JOINERS, hidden

from mlsd.cli.check import Format
from mlsd.cli.checks.job import Job, examine_text
from mlsd.cli.checks.outputs import Output, write
from mlsd.cli.reports import Checked, Totals
from mlsd.lint import Severity

JOB = Job(today=date(2026, 11, 2), fingerprints=True)
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})
_COMMAND = re.compile(r"::(error|warning|notice) file=[^:,]+(,[A-Za-z]+=[^:,]+)*::\S.*")
_MEANT = re.compile(r"(error|warning|info) \S.*|\d+ findings? \(.*")


def reports(checked: Checked, folder: Path) -> dict[str, str]:
    """Every format's report of one file."""
    totals = Totals()
    outputs = [Output(form.value, str(folder / form)) for form in Format]
    write(outputs, totals.count([checked]), totals, statistics=False)
    return {output.form: (folder / output.form).read_bytes().decode() for output in outputs}


@pytest.fixture(params=hostile.CORPUS.values(), ids=hostile.CORPUS)
def attack(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Checked, dict[str, str]]:
    """A design whose every text is an attack, and whose name is one, with its reports."""
    text: str = request.param
    design = hostile.as_yaml(hostile.attacked_example(text))
    checked = examine_text(design, f"{text[:60]}.yaml", JOB)
    assert not checked.faults
    assert len(checked.report.diagnostics) > 50
    return checked, reports(checked, tmp_path)


def test_every_report_keeps_its_form(attack: tuple[Checked, dict[str, str]]) -> None:
    checked, said = attack
    found = checked.report.diagnostics
    for form, text in said.items():
        assert hidden(text, JOINERS if form == "markdown" else "") == [], form
    _structured(said, len(found))
    _github(said["github"], Counter(entry.severity for entry in found))
    _markdown(said["markdown"], len(found))
    heads = [line for line in said["concise"].splitlines() if re.search(r": (error|warning|info) [A-Z]{3}-\d\d ", line)]
    assert len(heads) == len(found)


def _structured(said: dict[str, str], count: int) -> None:
    assert len(json.loads(said["json"])["files"][0]["diagnostics"]) == count
    lines = [json.loads(line) for line in said["jsonl"].splitlines()]
    assert sum(line["kind"] == "finding" for line in lines) == count
    [run] = json.loads(said["sarif"])["runs"]
    results = [result for result in run["results"] if "suppressions" not in result]
    assert len(results) == count
    for result in run["results"]:
        assert not re.search(r"\[.*\]\s*\(", _unescaped(result["message"]["text"]), re.DOTALL)
        assert hidden(result["message"]["text"]) == []
        assert not re.search(r"(?<!\{)\{\d+\}", result["message"]["text"])
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
    listed = json.loads(said["gitlab"])
    assert len(listed) == count
    assert [entry for entry in listed if hidden(entry["description"])] == []
    [suite] = ET.fromstring(said["junit"])
    assert sum(below.tag == "failure" for case in suite for below in case) == count


def _unescaped(text: str) -> str:
    """What is left for SARIF to read as a link: a backslash makes the sign after it a letter (3.11.6)."""
    return re.sub(r"\\[\\\[\]]", "", text)


def _github(said: str, counts: Counter[Severity]) -> None:
    lines = said.splitlines()
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert all(_COMMAND.fullmatch(line) for line in commands)
    rest = [line for line in lines if line not in commands]
    assert all(_MEANT.fullmatch(line) and "##[" not in line for line in rest)
    levels = Counter(line.partition(" ")[0] for line in lines)
    assert levels["::error"] + levels["error"] == counts[Severity.ERROR]
    assert levels["::warning"] + levels["warning"] == counts[Severity.WARNING]


def _markdown(said: str, count: int) -> None:
    page = MARKDOWN.parse(said)
    inline = [token for block in page for token in block.children or ()]
    kinds = Counter(token.type for token in page)
    assert not {token.type for token in inline} & {"link_open", "image", "s_open", "hardbreak"}
    assert {token.content for token in inline if token.type == "html_inline"} <= {"<!-- -->"}
    assert {token.content for token in page if token.type == "html_block"} == {
        "</details>\n", "<details>\n<summary>Details</summary>\n",
    }  # fmt: skip
    assert (kinds["heading_open"], kinds["blockquote_open"], kinds["ordered_list_open"], kinds["hr"]) == (1, 0, 0, 0)
    left = re.search(r"(?m)^… and (\d+) more findings?$", said)
    assert kinds["tr_open"] - 1 + (int(left[1]) if left else 0) == count
    assert all(token.info == "yaml" for token in page if token.type == "fence")
    texts = [token.content for token in inline if token.type == "text"]
    assert not [text for text in texts if re.search(r"[@#]\w", text)]


def test_what_cannot_be_read_is_a_word_too(tmp_path: Path) -> None:
    key = '"<b>|`::error::%0A[x](http://evil.example) @you #1 \\u202e": 1\n'
    checked = examine_text(key, "design.yaml", JOB)
    assert [fault.code for fault in checked.faults]
    said = reports(checked, tmp_path)
    for form, text in said.items():
        assert "FMT-0" in text, form
        assert hidden(text) == [], form
    _markdown(said["markdown"], len(checked.faults))
    assert all(_COMMAND.fullmatch(line) for line in said["github"].splitlines() if line.startswith("::"))
    assert isinstance(ET.fromstring(said["junit"])[0], ET.Element)
