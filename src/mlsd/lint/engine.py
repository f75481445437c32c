"""Check a design: walk it once, ask every rule, gate by maturity, set the waived aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from mlsd.design import STAGES, Design, Node, Path, Places
from mlsd.design.path import show
from mlsd.design.place import steps as path_steps
from mlsd.lint.diagnostic import Diagnostic, Finding, Maturity, Report, Severity, Waived
from mlsd.lint.knowledge import Knowledge
from mlsd.lint.patience import Clock, patience
from mlsd.lint.rule import Rule, severity_at, steps
from mlsd.lint.rules import every
from mlsd.lint.waivers import Waivers, sorted_out

_STAGE_OF_CODE = {
    "PRB": "problem", "MET": "metrics", "DAT": "data", "FEA": "model", "PIP": "pipeline", "MOD": "model",
    "LLM": "model", "AGT": "model", "DEP": "deploy", "ABT": "ab_test", "ETH": "problem",
}  # fmt: skip


def check(
    design: Design,
    *,
    places: Places | None = None,
    rules: Sequence[Rule] | None = None,
    knowledge: Knowledge | None = None,
    maturity: Maturity | None = None,
    today: date | None = None,
    only: Collection[str] | None = None,
) -> Report:
    """Everything the rules have to say of a design.

    ``maturity`` replaces the design's own; ``today`` decides whether a waiver has expired (None: none has). A rule that
    raises becomes an error of its own, never a pass. ``only`` names the codes that may speak; the others are asked all
    the same, so that leaving one out never lets another speak that waits for it.
    """
    run = _Run(design, places, knowledge or Knowledge.of(design), maturity or Maturity.of(design.maturity))
    rules = every() if rules is None else rules
    found = run.ask(rules)
    expired, valid = sorted_out(design.waivers, today)
    waivers = Waivers(valid)
    kept, waived = [], []
    for diagnostic in sorted(found, key=_order):
        waiver = waivers.first(diagnostic)
        if waiver is None:
            kept.append(diagnostic)
        else:
            waived.append(Waived(diagnostic, waiver))
    used = {id(entry.waiver) for entry in waived}
    report = Report(kept, waived, run.silent, expired, run.broken, [entry for entry in valid if id(entry) not in used])
    return report if only is None else report.of_rules(only)


class _Run:
    """One check: the nodes by their type, what each rule found, which ones had nothing to look at."""

    def __init__(self, design: Design, places: Places | None, knowledge: Knowledge, maturity: Maturity) -> None:
        self.design, self.places, self.maturity = design, places, maturity
        self.given = {"design": design, "knowledge": knowledge}
        self.nodes: dict[type[Node], list[tuple[Path, Node]]] = {}
        for path, node in design.nodes:
            self.nodes.setdefault(type(node), []).append((path, node))
        self.found: dict[str, list[tuple[Path, Node, Finding]]] = {}
        self.silent: list[str] = []
        self.broken: list[str] = []
        self.clock = Clock()

    def ask(self, rules: Sequence[Rule]) -> list[Diagnostic]:
        table = {rule.code: rule for rule in rules}
        diagnostics: list[Diagnostic] = []
        with patience() as self.clock:
            for rule in rules:
                if severity_at(rule.by, self.maturity) is None:
                    continue
                if rule.node not in self.nodes or any(
                    self._findings(table[code]) for code in rule.requires if code in table
                ):
                    self.silent.append(rule.code)
                    continue
                diagnostics += self._stamp(rule)
        return diagnostics

    def _findings(self, rule: Rule) -> list[tuple[Path, Node, Finding]]:
        """What the rule finds, asked once; whatever it requires of other rules is the caller's business."""
        if rule.code not in self.found:
            self.clock.begin()
            try:
                self.found[rule.code] = list(self._look(rule))
            finally:
                self.clock.end()
        return self.found[rule.code]

    def _look(self, rule: Rule) -> Iterator[tuple[Path, Node, Finding]]:
        extra = [self.given[name] for name in rule.wants]
        for path, node in self.nodes.get(rule.node, ()):
            try:
                findings = [self._usable(path, node, finding) for finding in rule.check(node, *extra)]
            except (Exception, SystemExit) as error:
                self.broken.append(rule.code)
                yield path, node, _confession(rule, error)
                return
            for finding in findings:
                yield path, node, finding

    def _usable(self, path: Path, node: Node, finding: Finding) -> Finding:
        """The finding, once it is seen to be one and to point into the design; else the rule is broken."""
        if not isinstance(finding, Finding):
            raise TypeError(type(finding).__name__)
        _join(path, node, finding.at)
        if finding.also:
            _join((), self.design, finding.also)
        return finding

    def _stamp(self, rule: Rule) -> Iterator[Diagnostic]:
        for path, node, finding in self._findings(rule):
            own = finding.severity
            severity = severity_at(rule.by if own is None else steps(own, rule.since), self.maturity)
            if severity is None:
                continue
            at = _join(path, node, finding.at)
            also = _join((), self.design, finding.also) if finding.also else ()
            yield Diagnostic(
                code=rule.code,
                name=rule.name,
                severity=severity,
                message=finding.message,
                path=show(self.design, at),
                place=self.places.of(at) if self.places else None,
                at=at,
                absent=bool(self.places and not self.places.has(at)),
                question=None if rule.code in self.broken else rule.question,
                also_path=show(self.design, also) if also else "",
                also_place=self.places.of(also) if self.places and also else None,
                working=finding.working,
                ways_out=finding.ways_out,
                stage=_stage(rule.code, at),
            )


def _confession(rule: Rule, error: BaseException) -> Finding:
    kind = type(error).__name__
    if not rule.package:
        text = "This rule broke ({kind}): its verdict is not known."
        return Finding(text, severity=Severity.ERROR, kind=kind)
    text = "This rule of the package {package} broke ({kind}): its verdict is not known."
    return Finding(text, severity=Severity.ERROR, kind=kind, package=rule.package)


def _join(path: Path, node: Node, at: str | Path) -> Path:
    """The path of a finding from the root; a written step may name a field that is empty."""
    if not isinstance(at, str):
        return (*path, *at)
    value: object = node
    for step in path_steps(at) if at else ():
        value, position = _descend(value, step)
        path = (*path, position)
    return path


def _descend(value: object, step: str) -> tuple[object, str | int]:
    if not step.startswith("["):
        name = f"{step}_" if step == "from" else step
        return getattr(value, name, None), step
    wanted = step[1:-1]
    entries = value if isinstance(value, list) else []
    for position, entry in enumerate(entries):
        if getattr(entry, getattr(entry, "identity", "id"), None) == wanted:
            return entry, position
    position = int(wanted)
    return entries[position] if position < len(entries) else None, position


def _stage(code: str, at: Path) -> str:
    if at and at[0] in STAGES:
        return str(at[0])
    return _STAGE_OF_CODE.get(code[:3], "")


def _order(diagnostic: Diagnostic) -> tuple[int, int, int, int, str]:
    """Worst first, then as one walks the stages, then as the file reads."""
    stage = STAGES.index(diagnostic.stage) if diagnostic.stage in STAGES else len(STAGES)
    place = diagnostic.place
    return -diagnostic.severity, stage, place.line if place else 0, place.column if place else 0, diagnostic.code
