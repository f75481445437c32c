"""The small commands: rule, schema, doctor, help, and what a wrong word gets."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from mlsd.cli.app import run
from mlsd.errors import ExitCode
from mlsd.lint.formats import FORMATS
from mlsd.lint.rules import every


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def test_the_page_of_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "MET-10"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert said.startswith("MET-10 no-guardrail\nwarning, from maturity “interview” on\n\nNo metric is a guardrail")
    for part in ("Ask yourself:", "When it is wrong:", "Bad:", "Good:", "Sources:"):
        assert part in said
    for name in ("no-guardrail", "met-10", "MET10"):
        assert run(["rule", name]) == ExitCode.OK
        assert capsys.readouterr().out == said
    assert run(["rule", "met-1"]) == ExitCode.OK
    assert capsys.readouterr().out.startswith("MET-01 ")


def test_every_rule_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule"]) == ExitCode.OK
    codes = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[:1].isupper()]
    codes = [code for code in codes if "-" in code]
    assert codes[:4] == ["FMT-01", "FMT-02", "FMT-03", "FMT-04"]
    assert codes[4:] == [rule.code for rule in every()]


def test_every_rule_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "--all", "--format", "json"]) == ExitCode.OK
    pages = json.loads(capsys.readouterr().out)
    assert [page["code"] for page in pages] == [*FORMATS, *(rule.code for rule in every())]
    for page in pages:
        assert list(page) == ["code", "name", "severity", "since", "stage", "summary", "sources", "page"]
        assert list(page["page"]) == ["why", "ask", "false_positives", "bad", "good", "requires"]
        assert page["summary"].endswith(".")
        assert all(" " in source for source in page["sources"]), f"{page['code']} cites a bare key"


def test_the_letters_of_codes_list_their_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "pip", "--format", "json"]) == ExitCode.OK
    pages = json.loads(capsys.readouterr().out)
    assert {page["code"][:4] for page in pages} == {"PIP-"}
    assert run(["rule", "FMT-"]) == ExitCode.OK
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("FMT")] == [
        f"FMT-0{n}" for n in range(1, 5)
    ]


def test_the_nearest_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "MET-100"]) == ExitCode.USAGE
    assert capsys.readouterr().err == "error: There is no rule “MET-100”.\n  Did you mean MET-10?\n"


def test_the_codes_of_unreadable_files_have_pages_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "fmt-02"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert said.startswith("FMT-02 unknown-key\n\nA key is not part of the format.\n")
    for name in ("FMT-2", "unknown-key"):
        assert run(["rule", name]) == ExitCode.OK
        assert capsys.readouterr().out == said
    assert run(["rule", "fmt-04", "--format", "markdown"]) == ExitCode.OK
    assert capsys.readouterr().out == (
        "## FMT-04 `newer-version`\n\nThe file was written by a newer mlsd.\n\n"
        "Upgrade mlsd; nothing was changed in the file.\n\n"
    )
    assert run(["rule", "fmt-04", "--format", "json"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out) == {
        "code": "FMT-04",
        "name": "newer-version",
        "severity": "error",
        "since": "interview",
        "stage": "document",
        "summary": "The file was written by a newer mlsd.",
        "sources": [],
        "page": {
            "why": ["Upgrade mlsd; nothing was changed in the file."],
            "ask": "",
            "false_positives": "",
            "bad": [],
            "good": [],
            "requires": [],
        },
    }


def test_sources_are_titles_with_their_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "MOD-04", "--format", "json"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["sources"][1] == (
        "Alireza Dirafzoon: Machine Learning Interviews (https://github.com/alirezadir/Machine-Learning-Interviews)"
    )


def test_a_source_is_named_once_however_many_chapters_are_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "FEA-01"]) == ExitCode.OK
    assert capsys.readouterr().out.count("chekrizh library") == 1


def test_one_rule_and_every_rule_are_not_asked_for_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "MET-10", "--all"]) == ExitCode.USAGE
    assert capsys.readouterr() == (
        "",
        "error: A rule and --all exclude one another.\n  Leave one of them out: mlsd rule MET-10\n",
    )


def test_the_help_cuts_no_summary_of_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["size", "--help"]):
        assert run(arguments) == ExitCode.OK
        lines = capsys.readouterr().out.splitlines()[1:]  # after the usage line, which says [ARGS]...
        assert not [line for line in lines if line.endswith("...")]


def test_schema_is_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == ExitCode.OK
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "metrics" in schema["properties"]


def test_doctor_says_what_a_bug_report_needs_and_nothing_personal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == ExitCode.OK
    said = capsys.readouterr().out
    for name in ("mlsd ", "python ", "typst ", "libyaml ", "language ", "terminal ", "fonts "):
        assert f"\n{name}" in f"\n{said}"
    assert "/root" not in said
    assert "/home" not in said


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == ExitCode.OK
    said = capsys.readouterr().out
    for word in ("new", "resume", "check", "render", "rule", "schema", "doctor", "Exit codes:", "mlsd new recsys"):
        assert word in said


def test_a_wrong_command_gets_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["chekc"]) == ExitCode.USAGE
    assert "'check'" in capsys.readouterr().err


def test_a_language_nobody_speaks_here() -> None:
    done = subprocess.run([sys.executable, "-m", "mlsd", "--lang", "de", "check"], capture_output=True, text=True)
    assert done.returncode == ExitCode.USAGE
    assert done.stderr == "error: mlsd does not speak “de”.\n  Choose one of: en, ru.\n"


def test_a_fault_of_our_own_is_confessed_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mlsd.design import json_schema

    def fail() -> None:
        raise RuntimeError("no luck")

    monkeypatch.delenv("MLSD_DEBUG", raising=False)
    monkeypatch.setattr(json_schema, "json_schema", fail)
    assert run(["schema"]) == ExitCode.INTERNAL
    said = capsys.readouterr().err
    assert said.startswith("mlsd broke (RuntimeError: no luck); this is a fault of mlsd, not yours.\n")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mlsd res", "resume"),
        ("mlsd new re", "recsys"),
        ("mlsd rule MET-1", "MET-10"),
        ("mlsd rule met-1", "met-10"),
        ("mlsd rule no-go", "no-golden-set"),
        ("mlsd check --select no-gu", "no-guardrails"),
        ("mlsd check --select ME", "MET MET-01"),
        ("mlsd check --ignore DAT,MET-0", "DAT,MET-01 DAT,MET-02"),
        ("mlsd check --select XST-", "XST-01 XST-02"),
        ("mlsd size a", "ab agent"),
    ],
)
def test_the_shell_completes_commands_templates_and_codes(
    line: str, offered: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_MLSD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    run([])
    assert capsys.readouterr().out.split()[: len(offered.split())] == offered.split()


def test_help_loads_nothing_that_it_does_not_show() -> None:
    code = "import sys\nfrom mlsd.cli.app import run\nrun(['--help'])\n"
    code += "heavy = {'pydantic', 'rich', 'yaml', 'jinja2', 'prompt_toolkit', 'mlsd.lint', 'mlsd.storage'}\n"
    code += "print(sorted(heavy & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
