"""Every format of ``mlsd check``: whole reports, what other programs demand of them, and several at once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import reports
import xmlschema
from markdown_it import MarkdownIt

from mlsd import lint
from mlsd.cli import speech
from mlsd.cli.app import run
from mlsd.cli.check import Format
from mlsd.cli.checks.outputs import write
from mlsd.cli.reports import Checked, Totals
from mlsd.design import Design
from mlsd.errors import ExitCode
from mlsd.lint import Finding, Severity
from mlsd.lint.rule import rule
from mlsd.storage import load

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "schemas"
FORMS = [form.value for form in Format]
BAD = "designs/feed ranking.yaml"
CLEAN = ROOT / "examples" / "recsys" / "design.yaml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the two bad designs, as the golden reports were made in."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(reports.repository(ROOT, folder))
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "LANG", "MLSD_LANG", "MLSD_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    return folder


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    run(["check", *arguments])
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def golden(name: str) -> str:
    return (ROOT / reports.FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_report(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    called = reports.command(form)
    assert run(called[2:]) == ExitCode.UNREADABLE
    assert reports.plain(capsys.readouterr().out) == golden(reports.NAMES[form])


@pytest.mark.parametrize("form", list(reports.RUSSIAN))
def test_the_whole_report_in_russian(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "_spoken", None)
    monkeypatch.setattr(sys, "argv", ["mlsd", *reports.command(form, "ru")])
    assert run(reports.command(form, "ru")) == ExitCode.UNREADABLE
    assert capsys.readouterr().out == golden(reports.RUSSIAN[form])


def test_every_format_has_a_golden_report() -> None:
    assert sorted(reports.NAMES) == sorted(FORMS)


# What other programs demand


def sarif(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    log = json.loads(report(capsys, "-f", "sarif", *arguments))
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(log)
    [only] = log["runs"]
    assert isinstance(only, dict)
    return only


def test_the_schema_of_sarif_refuses_what_is_none() -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(golden("report.sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError, match="fatal"):
        jsonschema.Draft7Validator(schema).validate(log)


@pytest.mark.parametrize("paths", [["designs/*.yaml"], [BAD], ["designs/unreadable.yaml"], [str(CLEAN)]])
def test_sarif_holds_against_its_schema(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    only = sarif(capsys, *paths)
    rules = only["tool"]["driver"]["rules"]
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {entry["id"] for entry in rules} == {result["ruleId"] for result in only["results"]}
    assert only["invocations"] == [{"executionSuccessful": True}]


def test_sarif_names_places_that_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    results = sarif(capsys, BAD)["results"]
    text = Path(BAD).read_text(encoding="utf-8").splitlines()
    [split] = [result for result in results if result["ruleId"] == "MOD-05"]
    place = split["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "designs/feed%20ranking.yaml", "uriBaseId": "%SRCROOT%"}
    assert Path(unquote(place["artifactLocation"]["uri"])).is_file()
    region = place["region"]
    assert region["startLine"] == region["endLine"]
    line = text[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "strategy"
    [overflow] = [result for result in results if result["ruleId"] == "PIP-05"]
    other = overflow["relatedLocations"][0]["physicalLocation"]["region"]
    assert text[other["startLine"] - 1][other["startColumn"] - 1 :].startswith("value: 100")


def test_sarif_keeps_what_a_waiver_sets_aside_as_suppressed(capsys: pytest.CaptureFixture[str]) -> None:
    aside = [result for result in sarif(capsys, BAD)["results"] if "suppressions" in result]
    assert [(result["ruleId"], result["suppressions"]) for result in aside] == [
        (
            "MET-02",
            [{"kind": "inSource", "status": "accepted", "justification": 'chosen | later, <i>in</i> "week" 2'}],
        )
    ]


def test_sarif_names_an_address_only_where_one_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    rules = {entry["id"]: entry for entry in sarif(capsys, "designs/*.yaml")["tool"]["driver"]["rules"]}
    assert "helpUri" not in rules["FMT-02"]
    addresses = [entry["helpUri"] for entry in rules.values() if "helpUri" in entry]
    assert addresses
    assert all(address.startswith("https://") for address in addresses)
    assert all(entry["help"]["text"] and entry["help"]["markdown"] for entry in rules.values())


def test_nothing_of_a_design_is_a_link_in_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    [result] = [result for result in sarif(capsys, BAD)["results"] if result["ruleId"] == "ABT-01"]
    assert r"\[x\](https://e.example)" in result["message"]["text"]


def test_fingerprints_do_not_move_with_lines(capsys: pytest.CaptureFixture[str]) -> None:
    def prints(form: str) -> list[str]:
        if form == "sarif":
            return [result["partialFingerprints"]["mlsdFinding/v1"] for result in sarif(capsys, BAD)["results"]]
        return [entry["fingerprint"] for entry in json.loads(report(capsys, "-f", "gitlab", BAD))]

    before = [prints("sarif"), prints("gitlab")]
    assert all(all(found) for found in before)
    Path(BAD).write_text("# one\n# two\n" + Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    assert [prints("sarif"), prints("gitlab")] == before


def test_a_file_outside_of_the_repository_has_its_whole_address(capsys: pytest.CaptureFixture[str]) -> None:
    outside = Path("..").resolve() / "out side.yaml"
    outside.write_text(Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    location = sarif(capsys, str(outside))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": outside.as_uri()}


@pytest.mark.skipif(sys.platform != "linux", reason="names of files that are bytes")
@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_a_name_that_is_no_text_is_still_an_address(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"designs/bad\xff.yaml")
    Path(name).write_text(Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    assert json.loads(report(capsys, "-f", form, name))


@pytest.mark.parametrize("form", ["sarif", "gitlab", "github"])
def test_paths_begin_there_wherever_one_stands(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path.cwd()
    monkeypatch.chdir(here.parent)
    said = unquote(report(capsys, "-f", form, f"{here.name}/designs/feed ranking.yaml"))
    assert "designs/feed ranking.yaml" in said
    assert not [begin for begin in ('"', "file=") if f"{begin}{here.name}/designs" in said]


@pytest.mark.parametrize("form", ["sarif", "gitlab", "github"])
def test_paths_begin_at_the_root_of_the_repository(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("designs")
    said = unquote(report(capsys, "-f", form, "feed ranking.yaml"))
    assert "designs/feed ranking.yaml" in said


def gitlab(said: str) -> Any:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    data = json.loads(said)
    jsonschema.validate(data, schema)
    return data


@pytest.mark.parametrize("paths", [["designs/*.yaml"], ["designs/unreadable.yaml"], [str(CLEAN)]])
def test_gitlab_holds_against_its_schema(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    data = gitlab(report(capsys, "-f", "gitlab", *paths))
    assert len({entry["fingerprint"] for entry in data}) == len(data)


def test_the_same_finding_in_two_files_is_two_for_gitlab(capsys: pytest.CaptureFixture[str]) -> None:
    Path("designs/copy.yaml").write_text(Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    data = gitlab(report(capsys, "-f", "gitlab", BAD, "designs/copy.yaml"))
    assert len({entry["fingerprint"] for entry in data}) == len(data)
    assert len({entry["location"]["path"] for entry in data}) == 2


@pytest.mark.parametrize("paths", [["designs/*.yaml"], ["designs/unreadable.yaml"], [str(CLEAN)]])
def test_junit_holds_against_its_schema(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said = report(capsys, "-f", "junit", *paths)
    xmlschema.validate(said, str(SCHEMAS / "junit-10.xsd"))
    for suite in ET.fromstring(said):
        cases = suite.findall("testcase")
        counted = {name: int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
        found = Counter(below.tag for case in cases for below in case)
        assert counted == {
            "tests": len(cases),
            "failures": found["failure"],
            "errors": found["error"],
            "skipped": found["skipped"],
        }


def test_a_clean_file_is_a_passed_test(capsys: pytest.CaptureFixture[str]) -> None:
    [suite] = ET.fromstring(report(capsys, "-f", "junit", str(CLEAN)))
    [case] = suite
    assert (case.attrib["name"], list(case)) == ("No findings", [])


_COMMAND = re.compile(r"::(error|warning|notice) file=[^:,]+(,[a-zA-Z]+=[^:,]+)*::\S.*")


def test_a_line_for_github_is_one_command_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    Path("designs/feed ranking.yaml").rename("designs/a,b::error::50%.yaml")
    *lines, _ = report(capsys, "-f", "github", "designs/a,b::error::50%.yaml").splitlines()
    assert all(_COMMAND.fullmatch(line) for line in lines if line.startswith("::"))
    assert lines[0].startswith("::error file=designs/a%2Cb%3A%3Aerror%3A%3A50%25.yaml,line=5,")
    [hostile] = [line for line in lines if "ABT-01" in line]
    assert "%250A::error::" in hostile


def test_github_gets_ten_of_a_level_and_the_rest_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        Path(f"designs/{number}.yaml").write_text(Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    found = report(capsys, "-f", "github", "--select", reports.SELECTED, "designs/?.yaml").splitlines()
    by = Counter(line.partition(" ")[0] for line in found)
    assert (by["::error"], by["error"]) == (10, 6)
    assert (by["::warning"], by["warning"]) == (8, 0)
    assert not [line for line in found if "##[" in line and not line.startswith("::")]


def test_nothing_of_a_design_is_structure_in_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    Path(BAD).rename("designs/`@me` <b>.yaml")
    said = report(capsys, "-f", "markdown", "--select", reports.SELECTED, "designs/*.yaml")
    assert "\u202e" not in said
    page = MarkdownIt("gfm-like", {"linkify": False}).parse(said)
    inline = [token for block in page for token in block.children or ()]
    kinds = {token.type for token in inline}
    assert not kinds & {"link_open", "image", "strikethrough_open"}
    assert {token.content for token in inline if token.type == "html_inline"} == {"<!-- -->"}
    assert sorted(token.content for token in page if token.type == "html_block") == [
        "</details>\n", "<details>\n<summary>Details</summary>\n",
    ]  # fmt: skip
    assert [token.tag for token in page if token.type == "heading_open"] == ["h3"]
    plain = "".join(token.content for token in inline if token.type == "text")
    assert not re.search(r"[@#]\w", " ".join(token.content for token in inline if token.type == "text"))
    assert "@" in plain
    rows = [token for token in page if token.type == "tr_open"]
    assert len(rows) == 1 + 7


def test_a_comment_stays_below_what_a_pull_request_takes(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(60):
        Path(f"designs/{number:02}.yaml").write_text(Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    said = report(capsys, "-f", "markdown", "--jobs", "1", "designs/[0-9]*.yaml")
    assert len(said) < 65_536
    total = int(re.match(r"### mlsd: (\d+) findings", said)[1])  # type: ignore[index]
    left = int(re.search(r"… and (\d+) more findings", said)[1])  # type: ignore[index]
    assert said.count("\n| ") - 1 + left == total


def test_a_line_of_jsonl_is_json_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.loads(line) for line in report(capsys, "-f", "jsonl", "designs/*.yaml").splitlines()]
    assert all(line["schema_version"] == 1 for line in lines)
    whole = json.loads(report(capsys, "-f", "json", "designs/*.yaml"))
    flat = [entry for file in whole["files"] for entry in file["diagnostics"]]
    told = [line for line in lines if line["kind"] == "finding"]
    assert [{key: line[key] for key in entry} for line, entry in zip(told, flat, strict=True)] == flat
    assert [line["kind"] for line in lines].count("summary") == 1
    assert lines[-1]["error"] + lines[-1]["warning"] + lines[-1]["info"] == len(told)


# What holds for every format


@pytest.mark.parametrize("form", FORMS)
def test_an_unreadable_file_is_in_it(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "-f", form, "designs/unreadable.yaml"]) == ExitCode.UNREADABLE
    assert "FMT-02" in capsys.readouterr().out


@pytest.mark.parametrize("form", FORMS)
def test_a_rule_that_broke_is_in_it(form: str, tmp_path: Path) -> None:
    @rule("X-901", Severity.INFO, sources=[])
    def breaks(design: Design) -> Any:
        """It breaks."""
        yield Finding(f"{1 // 0}")

    loaded = load("mlsd: 1\n", "design.yaml")
    found = Checked(loaded.file, loaded.text, lint.check(loaded.design, places=loaded.places, rules=[breaks]))
    assert found.report.broken == ["X-901"]
    said = written(form, found, tmp_path)
    assert "X-901" in said
    if form == "sarif":
        assert '"executionSuccessful": false' in said
    if form == "junit":
        assert "<error " in said


def written(form: str, found: Checked, folder: Path) -> str:
    from mlsd.cli.checks.outputs import Output

    totals = Totals()
    write([Output(form, str(folder / "out"))], totals.count([found]), totals, statistics=False)
    return (folder / "out").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [str(CLEAN), "designs/*.yaml"])
def test_the_exit_code_never_depends_on_it(form: str, path: str) -> None:
    assert run(["check", "-f", form, path]) == run(["check", path])


@pytest.mark.parametrize("form", FORMS)
def test_colour_is_for_people(form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    said = report(capsys, "-f", form, BAD)
    assert ("\x1b[" in said) == (form in {"text", "concise"})
    assert "‹U+001B›" not in said


@pytest.mark.parametrize("form", FORMS)
def test_it_is_whole_where_the_terminal_has_ascii_alone(form: str) -> None:
    environ = {
        "PATH": "",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(ROOT / "src"),
    }
    called = [sys.executable, "-m", "mlsd", *reports.command(form)]
    done = subprocess.run(called, capture_output=True, env=environ, check=False)
    assert done.stderr == b""
    if form in {"text", "concise"}:
        assert done.stdout.isascii()
    else:
        assert reports.plain(done.stdout.decode("utf-8")) == golden(reports.NAMES[form])


# Several at once


def test_several_at_once_say_what_each_says_alone(capsys: pytest.CaptureFixture[str]) -> None:
    flags = reports.command("text")[3:-2]
    arguments = [part for form in FORMS if form != "text" for part in ("-f", form, "-o", f"{form}.out")]
    assert run(["check", *flags, *arguments, "-f", "text"]) == ExitCode.UNREADABLE
    assert capsys.readouterr().out == golden("report.txt")
    for form in FORMS:
        if form not in {"text", "json", "jsonl"}:  # these two carry fingerprints where another form needs them
            assert reports.plain(Path(f"{form}.out").read_text(encoding="utf-8")) == golden(reports.NAMES[form])
    assert json.loads(Path("json.out").read_text(encoding="utf-8"))["files"][0]["diagnostics"][0]["fingerprint"]


@pytest.mark.parametrize(
    ("arguments", "files", "out"),
    [
        ("-f sarif -o a -f text", {"a": "sarif"}, "text"),
        ("-f text -f sarif -o a", {"a": "sarif"}, "text"),
        ("--output=a -f sarif", {"a": "sarif"}, ""),
        ("-o a", {"a": "text"}, ""),
        ("-o a.sarif", {"a.sarif": "sarif"}, ""),
        ("-o a.sarif -f text", {"a.sarif": "text"}, ""),
        ("-f sarif -o - ", {}, "sarif"),
        ("-f json -o a -o b", {"a": "json", "b": "json"}, ""),
        ("-fjson -oa -fsarif -ob -f text", {"a": "json", "b": "sarif"}, "text"),
        ("--format json --output a --format=sarif", {"a": "json"}, "sarif"),
        ("-f text -o a -f text", {"a": "text"}, "text"),
    ],
)
def test_each_file_belongs_to_the_format_before_it(
    arguments: str, files: dict[str, str], out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", BAD, *arguments.split()]) == ExitCode.FINDINGS
    assert kind(capsys.readouterr().out) == out
    assert {path.name: kind(path.read_text(encoding="utf-8")) for path in Path().iterdir() if path.is_file()} == files


def kind(said: str) -> str:
    """Which of three formats a report is in."""
    return "" if not said else "sarif" if '"runs"' in said else "json" if said.startswith("{") else "text"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("-f sarif -f text", "sarif and text would both go to standard output."),
        ("-f sarif -o - -f text", "sarif and text would both go to standard output."),
        ("-f text -f text", "text and text would both go to standard output."),
        ("-f sarif -o a -f json -o ./a", "sarif and json would both go to ./a."),
        ("-o a -f sarif -f text", "--output a stands before every --format."),
        ("-o a -o b -f sarif", "--output a stands before every --format."),
    ],
)
def test_outputs_that_cannot_be_told_apart_are_refused(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", BAD, *arguments.split()]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"error: {message}\n")
    assert sorted(path.name for path in Path().iterdir()) == [".git", "designs"]


def test_a_file_that_cannot_be_written_is_said_before_anything_else(capsys: pytest.CaptureFixture[str]) -> None:
    Path("kept.json").write_text("old", encoding="utf-8")
    assert run(["check", BAD, "-f", "json", "-o", "kept.json", "-f", "sarif", "-o", "no/such/x", "-f", "text"]) == 73
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: no/such/x cannot be written. The folder is not there.\n")
    assert Path("kept.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == [".git", "designs", "kept.json"]


@pytest.mark.parametrize(
    ("path", "more"), [(BAD, []), ("./known.json", ["--baseline", "known.json"])], ids=["design", "baseline"]
)
def test_a_report_never_replaces_what_is_read(path: str, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BAD, "--write-baseline", "known.json"]) == ExitCode.OK
    before = {path: path.read_bytes() for path in (Path(BAD), Path("known.json"))}
    capsys.readouterr()
    assert run(["check", BAD, *more, "-f", "json", "-o", path]) == ExitCode.USAGE
    assert capsys.readouterr().err.startswith(f"error: The report would replace {path}, which is read.\n")
    assert {path: path.read_bytes() for path in before} == before


def test_a_report_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    from mlsd.cli.checks.outputs import Output

    def broken() -> Any:
        loaded = load("mlsd: 1\n", "design.yaml")
        yield Checked(loaded.file, loaded.text, lint.check(loaded.design, places=loaded.places))
        raise KeyboardInterrupt

    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write([Output("json", str(target))], broken(), Totals(), statistics=False)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.glob("*out*")] == [("out.json", "old")]
    assert not list(tmp_path.glob(".mlsd-*"))


@pytest.mark.parametrize("form", ["text", "sarif"])
def test_a_reader_who_goes_away_takes_nothing_from_the_files(form: str) -> None:
    """Both reports are longer than what a pipe holds."""
    for number in range(40):
        Path(f"designs/{number}.yaml").write_text(Path(BAD).read_text(encoding="utf-8"), encoding="utf-8")
    command = f"{sys.executable} -m mlsd check 'designs/*.yaml' -f json -o whole.json -f {form} | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.endswith("141\n")
    assert len(json.loads(Path("whole.json").read_text(encoding="utf-8"))["files"]) == 42


def test_a_dry_run_writes_no_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BAD, "--fix", "--dry-run", "-o", "a"]) == ExitCode.USAGE
    assert "--dry-run" in capsys.readouterr().err


def test_no_format_holds_the_files_that_have_passed(tmp_path: Path) -> None:
    """Each file is gone before the one after the next comes; only a comment keeps some of its findings."""
    from gc import collect
    from weakref import ref

    from mlsd.cli.checks.outputs import Output

    alive: list[Any] = []

    def many() -> Any:
        for number in range(6):
            loaded = load(Path(BAD).read_text(encoding="utf-8"), f"{number}.yaml")
            checked = Checked(loaded.file, loaded.text, lint.check(loaded.design, places=loaded.places))
            alive.append(ref(checked))
            yield checked
            del checked, loaded
            collect()
            assert sum(kept() is not None for kept in alive) <= 1

    outputs = [Output(form, str(tmp_path / form)) for form in FORMS]
    write(outputs, many(), Totals(), statistics=False)
    assert len(alive) == 6


def test_counts_in_place_of_findings(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "concise", "json", "jsonl", "markdown"):
        said = report(capsys, "-f", form, "--statistics", BAD)
        assert "MOD-05" in said
        if not form.startswith("json"):
            assert "The split is random" not in said


@pytest.mark.parametrize("form", FORMS)
def test_only_what_was_asked_for_is_loaded(form: str) -> None:
    """``text`` has the words and the last line that others share, ``json`` what a line of ``jsonl`` holds."""
    program = (
        "import sys; from mlsd.cli.app import run; run(sys.argv[1:]); "
        "print([name for name in sys.modules if name.startswith('mlsd.cli.reports.')], file=sys.stderr)"
    )
    called = [sys.executable, "-c", program, "check", "-f", form, BAD]
    done = subprocess.run(called, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "src")}, check=True)
    loaded = {name.rpartition(".")[2] for name in json.loads(done.stderr.replace("'", '"'))} & set(FORMS)
    shared = {"concise": {"text"}, "github": {"text"}, "markdown": {"text"}, "jsonl": {"json"}}
    assert loaded == {form} | shared.get(form, set())


@pytest.mark.parametrize("form", FORMS)
def test_the_working_folder_was_deleted(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = str(Path("designs/unreadable.yaml").resolve())
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert run(["check", "-f", form, bad]) == ExitCode.UNREADABLE
    assert "FMT-02" in capsys.readouterr().out
    assert run(["check", "-f", form, bad, "-o", "x"]) == ExitCode.CANNOT_WRITE
    assert run(["check", "-f", form, bad, "-o", str(tmp_path / "x")]) == ExitCode.UNREADABLE
    assert "FMT-02" in (tmp_path / "x").read_text(encoding="utf-8")
