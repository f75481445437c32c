"""What a design carries that does nothing: waivers without a finding, assumptions about nothing, no known template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from difflib import get_close_matches
from typing import NamedTuple

from mlsd.content.template import names
from mlsd.design import Design, Path, Place, Places
from mlsd.design.design import Waiver
from mlsd.design.path import find
from mlsd.errors import Message, ValueRefused
from mlsd.lint.diagnostic import Maturity, Report
from mlsd.lint.engine import check
from mlsd.lint.rule import FOREIGN, Rule
from mlsd.lint.waivers import Waivers, reach


class Leftover(NamedTuple):
    """One entry of ``waivers`` or ``assumed``, or a ``template``, that does nothing.

    ``kind`` is ``unused``, ``expired``, ``unknown`` (no such rule or template) or ``nowhere``. ``removable`` says that
    the design means the same without it, at every maturity.
    """

    kind: str
    message: Message
    path: str
    at: Path
    place: Place | None
    removable: bool


def leftovers(design: Design, report: Report, rules: Sequence[Rule], places: Places | None = None) -> list[Leftover]:
    """Every leftover of the design, in the order of the file; ``report`` is what a check of it came to."""
    found = [*_template(design), *_waivers(design, report, rules), *_assumed(design)]
    return [entry._replace(place=places.of(entry.at)) for entry in found] if places else found


def _template(design: Design) -> Iterator[Leftover]:
    """A template that none is called: what rules know of its kind of problem stays unsaid."""
    name = design.template
    if name is None or name in names():
        return
    near = get_close_matches(name.casefold().replace("_", "-"), names(), n=1, cutoff=0.6)
    message = (
        Message("There is no template {name}; rules about its kind of problem are silent. Is it {near}?",
                name=name, near=near[0])
        if near
        else Message("There is no template {name}; rules about its kind of problem are silent.", name=name)
    )  # fmt: skip
    yield Leftover("unknown", message, "template", ("template",), None, False)


def _waivers(design: Design, report: Report, rules: Sequence[Rule]) -> Iterator[Leftover]:
    expired, unused = ({id(waiver) for waiver in some} for some in (report.expired, report.unused))
    if not expired and not unused:
        return
    known = {word for rule in rules for word in (rule.code, rule.name)}
    needed = _needed(design, report.unused, rules)
    for position, waiver in enumerate(design.waivers):
        name, at = waiver.rule or "", ("waivers", position)
        if id(waiver) in expired:
            message = Message("The waiver of {rule} has expired: {date}.", rule=name, date=str(waiver.until))
            yield Leftover("expired", message, f"waivers[{position}]", at, None, True)
        elif id(waiver) in unused and name in known:
            message = Message("The waiver of {rule} sets nothing aside.", rule=name)
            yield Leftover("unused", message, f"waivers[{position}]", at, None, id(waiver) not in needed)
        elif id(waiver) in unused and not FOREIGN.fullmatch(name):  # the package of such a rule may be away
            message = Message("There is no rule {rule} that a waiver could set aside.", rule=name)
            yield Leftover("unknown", message, f"waivers[{position}]", at, None, False)


def _needed(design: Design, unused: Sequence[Waiver], rules: Sequence[Rule]) -> set[int]:
    """The waivers that the same design would need if it claimed to be further, or less far."""
    if not unused:
        return set()
    asked = _with_required({waiver.rule for waiver in unused}, rules)
    reports = [check(design, rules=asked, maturity=maturity) for maturity in Maturity]
    found = [diagnostic for report in reports for diagnostic in report.diagnostics]
    found += [entry.diagnostic for report in reports for entry in report.waived]
    waivers = Waivers(unused)
    would = {at for diagnostic in found for at in waivers.reaching(diagnostic)}
    return {id(waiver) for waiver in unused if reach(waiver) in would}


def _with_required(names: Set[str | None], rules: Sequence[Rule]) -> list[Rule]:
    """The rules of these codes or names, and those that they wait for; no other has a say in what they find."""
    table = {rule.code: rule for rule in rules}
    waiting = [rule for rule in rules if names & {rule.code, rule.name}]
    found: dict[str, Rule] = {}
    while waiting:
        rule = waiting.pop()
        if rule.code not in found:
            found[rule.code] = rule
            waiting += [table[code] for code in rule.requires if code in table]
    return [rule for rule in rules if rule.code in found]


def _assumed(design: Design) -> Iterator[Leftover]:
    for position, path in enumerate(design.assumed):
        try:
            find(design, path)
        except ValueRefused:
            message = Message("Nothing is called {path}, so it cannot be an assumption.", path=path)
            yield Leftover("nowhere", message, f"assumed[{position}]", ("assumed", position), None, True)
