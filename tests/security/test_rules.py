"""Rules that break, and rules that are given far more than they expect."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from security_run import Ran, hidden

from mlsd.design import Design
from mlsd.lint import Finding, Severity, check, rule, rules

Command = Callable[..., Ran]


def _raises(design: Design) -> Iterator[Finding]:
    """It raises.

    Ask: What?
    """
    raise ValueError("\x1b[31m[/red]{x}")


def _raises_late(design: Design) -> Iterator[Finding]:
    """It raises after a finding.

    Ask: What?
    """
    yield Finding("first")
    raise RecursionError


def _number(design: Design) -> Iterator[Finding]:
    """It gives a number.

    Ask: What?
    """
    return 7  # type: ignore[return-value]


def _words(design: Design) -> Iterator[Finding]:
    """It gives words.

    Ask: What?
    """
    return iter(["a finding"])  # type: ignore[arg-type]


def _hangs(design: Design) -> Iterator[Finding]:
    """It never ends.

    Ask: What?
    """
    while True:
        pass
    yield Finding("never")


def _nowhere(design: Design) -> Iterator[Finding]:
    """It points to nowhere.

    Ask: What?
    """
    yield Finding("nowhere", at="problem.risks[gone].text")


BROKEN = {
    "raises": _raises,
    "raises late": _raises_late,
    "a number": _number,
    "words": _words,
    "nowhere": _nowhere,
    "hangs": _hangs,
}


@pytest.mark.parametrize("function", BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_never_a_pass(
    mlsd: Command, monkeypatch: pytest.MonkeyPatch, function: Callable[[Design], Iterator[Finding]]
) -> None:
    """S19: an error that names the rule, exit 70, the other rules still speak."""
    broken = rule("TST-01", Severity.WARNING, sources=[])(function)
    others = rules.every()
    monkeypatch.setattr("mlsd.lint.patience.PATIENCE", 0.5)
    monkeypatch.setattr("mlsd.lint.engine.every", lambda: (broken, *others))
    report = check(Design())
    assert report.broken == ["TST-01"]
    [found] = [entry for entry in report.diagnostics if entry.code == "TST-01"]
    assert found.severity is Severity.ERROR
    assert "verdict is not known" in str(found.message)
    assert len(report.diagnostics) > 5
    Path("design.yaml").write_text("title: x\n")
    for form in ("text", "json"):
        ran = mlsd("check", "--format", form, "--fail-on", "never")
        assert ran.code == 70
        assert "TST-01" in ran.out
        assert hidden(ran.out) == []
    printed = mlsd("render")
    assert (printed.code, "TST-01" in printed.out) == (0, True)


def _slow_to_tell(design: Design) -> Iterator[Finding]:
    """It answers in time, and is slow to be printed.

    Ask: What?
    """
    for _ in range(3):
        yield Finding("slow", at="title")


def test_what_is_done_with_findings_is_not_the_time_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """S19, S20: the clock stops when a rule has answered."""
    monkeypatch.setattr("mlsd.lint.patience.PATIENCE", 0.05)
    answered = rule("TST-01", Severity.WARNING, sources=[])(_slow_to_tell)
    monkeypatch.setattr("mlsd.lint.engine.show", lambda design, at: str(sum(range(4_000_000)) and at))
    report = check(Design(), rules=[answered])
    assert (len(report.diagnostics), report.broken) == (3, [])


def test_many_constraints_and_waivers_cost_no_more_than_their_number() -> None:
    """S20: a finding for each constraint that disagrees, none for each pair."""
    program = """
from datetime import date
from mlsd.design import Design
from mlsd.lint import Maturity, check
from mlsd.lint.leftovers import leftovers
from mlsd.lint.rules import every
limits = [{"kind": "latency", "op": "<=", "value": number + 1, "unit": "ms"} for number in range(2000)]
waivers = [{"rule": "XST-99", "reason": "x", "until": "2020-01-01" if number % 2 else None} for number in range(6000)]
design = Design.model_validate({"problem": {"constraints": limits}, "waivers": waivers})
report = check(design, maturity=Maturity.DESIGN, today=date(2026, 1, 1))
assert not report.broken, report.broken
assert sum(found.code == "XST-01" for found in report.diagnostics) < 2000
features = [{"id": f"f{number}", "entity": [f"q{number}"]} for number in range(3000)]
waivers = [{"rule": "FEA-01", "at": f"model.features[f{number}]x", "reason": "x"} for number in range(3000)]
design = Design.model_validate({"model": {"features": features}, "waivers": waivers})
report = check(design, maturity=Maturity.DESIGN)
assert (len(report.unused), len(report.diagnostics) >= 3000) == (3000, True)
assert len(leftovers(design, report, every())) == 3000
"""
    bounded(program, seconds=10)


def test_a_name_of_many_steps_costs_its_length() -> None:
    """S20: of a path only the places are looked up that a waiver names."""
    program = """
from mlsd.design import Design
from mlsd.lint import Maturity, check
attributes = [{"name": "a." * 60_000, "personal": True}]
waivers = [{"rule": "DAT-99", "at": "a." * length, "reason": "x"} for length in range(500)]
design = Design.model_validate({"data": {"entities": [{"id": "user", "attributes": attributes}]}, "waivers": waivers})
report = check(design, maturity=Maturity.PRODUCTION)
assert max(len(found.path) for found in report.diagnostics) > 120_000
"""
    bounded(program, seconds=4)


def test_a_design_cannot_switch_code_on(mlsd: Command, here: Path) -> None:
    """S18: no key of a design names code, and nothing in the folder one stands in is imported."""
    for name in ("sitecustomize", "mlsd", "yaml", "rules", "conftest", "mlsd_rules", "typst"):
        (here / f"{name}.py").write_text("open('pwned', 'w')\nraise SystemExit(9)\n")
    (here / ".mlsd").mkdir()
    (here / ".mlsd" / "rules.py").write_text("open('pwned', 'w')\n")
    (here / "design.yaml").write_text("title: x\nwaivers: [{rule: 'rules:check', reason: x}]\n")
    script = Path(sys.executable).with_name("mlsd")
    if not script.exists():
        pytest.skip("the command is not installed here")
    done = subprocess.run([script, "check"], capture_output=True, text=True, check=False, cwd=here)
    assert done.returncode == 1, done.stderr
    assert not (here / "pwned").exists()


PIECES = ["a", " ", "1", "_", "[", ",a", "a\n", "- a\n", "я "]


def test_large_answers_cost_no_more_than_their_size() -> None:
    """S20: every rule over designs with 64 KiB in each of their fields, 17 MB in all."""
    program = f"""
import sys
sys.path[:0] = [{str(Path(__file__).parent)!r}]
import hostile
from mlsd.design import Design
from mlsd.lint import check
for piece in {PIECES[3:6]!r}:
    report = check(Design.model_validate(hostile.attacked((piece * 65536)[:65536])))
    assert not report.broken, report.broken
    assert report.diagnostics
"""
    bounded(program, seconds=30)


def test_a_field_of_a_mebibyte_costs_every_rule_together_little() -> None:
    """S20: the largest answer that a file can hold, before every rule."""
    program = """
from mlsd.design import Design
from mlsd.lint import Maturity, check
for piece in ("a", "N ", "[", "? ", "TODO", "1.5 "):
    text = piece * (2**20 // len(piece))
    design = Design.model_validate({"problem": {"current_solution": text}, "model": {"explanation": text}})
    assert not check(design, maturity=Maturity.PRODUCTION).broken
"""
    bounded(program, seconds=12)


def test_numbers_prose_and_yaml_are_read_in_linear_time() -> None:
    """S20: our regular expressions over 5,000 of one sign, right and wrong at the end."""
    program = f"""
from mlsd.cli.text import one_line, shorten, wrap
from mlsd.design import quantity
from mlsd.design.place import steps
from mlsd.design.slug import slug
from mlsd.errors import MlsdError
from mlsd.render import escape
from mlsd.render.block import md_block
from mlsd.storage import dump, parse
names = "number count tokens share ratio percentile in_ms in_days duration gigabytes iso_date"
readers = [getattr(quantity, name) for name in names.split()]
readers += [slug, steps, one_line, lambda text: shorten(text, 80), lambda text: wrap(text, 80)]
readers += [escape.md_inline, md_block, escape.code, escape.fence, lambda text: quantity.money(text, "EUR")]
readers += [lambda text: dump({{"title": text}}), lambda text: parse(text, "design.yaml")]
for piece in {PIECES!r}:
    many = piece * 5_000
    for text in (many, many + "!", "5" + many + "x", "a: " + many + "\\0"):
        for read in readers:
            try:
                read(text)
            except (MlsdError, ValueError):
                pass
"""
    bounded(program, seconds=30)


def bounded(program: str, seconds: int) -> None:
    """Run a program that the system ends when it has used so much processor time: far more than it needs."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode == 0, done.stderr[-2000:]
