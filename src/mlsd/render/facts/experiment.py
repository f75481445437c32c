"""What the A/B test needs and how long it takes, with the formula by name."""

from __future__ import annotations

from collections.abc import Iterable

from mlsd.content.formula import said
from mlsd.content.language import language
from mlsd.derived.arms import arms as compared
from mlsd.derived.experiment import duration_of, pace_of
from mlsd.derived.question import alpha, question, sample
from mlsd.design import Design
from mlsd.errors import Counted, Message
from mlsd.render.facts import Facts
from mlsd.render.view.figures import Figures
from mlsd.render.view.measures import measure, measured, points
from mlsd.sizing.ab_test import ALPHA, POWER, AbTest
from mlsd.sizing.duration import Duration

_COUNTED = {
    "impression": Counted("{number} impression", "{number} impressions", count=0),
    "request": Counted("{number} request", "{number} requests", count=0),
    "session": Counted("{number} session", "{number} sessions", count=0),
    "device": Counted("{number} device", "{number} devices", count=0),
    "user": Counted("{number} user", "{number} users", count=0),
    "account": Counted("{number} account", "{number} accounts", count=0),
    "item": Counted("{number} item", "{number} items", count=0),
    "store": Counted("{number} store", "{number} stores", count=0),
    "region": Counted("{number} region", "{number} regions", count=0),
    "time_slot": Counted("{number} time slot", "{number} time slots", count=0),
}
_CLUSTERS = Counted("{number} cluster", "{number} clusters", count=0)


def experiment(design: Design, figures: Figures) -> Facts:
    """Effect relative and absolute, units of each arm, cost of the split, days to enrol and mature."""
    test = design.ab_test
    metric = measure(design, test.primary[0] if test.primary else None)
    facts: Facts = {
        "relative": None, "absolute": None, "baseline": None, "reached": None, "arms": [], "total": None, "even": None,
        "dearer": None, "method": None, "formula": None, "note": None, "enrol": None, "mature": None, "ramp": None,
        "least": None, "weeks": None,
        "daily": None, "fits": None, "taken": [], "each_alpha": None,
        "alpha": figures.percent(test.alpha if test.alpha is not None else ALPHA),
        "power": figures.percent(test.power if test.power is not None else POWER),
    }  # fmt: skip
    each = alpha(design).result
    facts["each_alpha"] = None if each is None else figures.percent(each, 3)
    found = sample(design)
    if found is None or not found.arms or found.total is None:
        return facts
    if found.effect_absolute is not None and found.baseline is not None:
        facts["absolute"] = points(design, figures, metric, float(f"{found.effect_absolute:.4g}"))
        facts["baseline"] = measured(design, figures, metric, found.baseline)
        facts["reached"] = measured(design, figures, metric, float(f"{found.baseline + found.effect_absolute:.6g}"))
    if found.effect_relative is not None:
        facts["relative"] = figures.percent(found.effect_relative, 3)
    tested = compared(design)
    facts["arms"] = [
        {"name": name, "share": figures.percent(tested.part * share, 3), "units": figures.number(units)}
        for name, share, units in zip(_said(tested.names, figures), found.shares, found.arms, strict=False)
    ]
    unit = _COUNTED.get(test.unit or "user", Counted("{number} unit", "{number} units", count=0))
    if test.design == "cluster":
        unit = _CLUSTERS
    total = Counted(unit.text, unit.many, count=found.total, number=figures.number(found.total))
    facts["total"] = figures.say(total)
    if found.inflation is not None and found.inflation > 1.001:
        facts["even"] = figures.number(round(found.total / found.inflation))
        facts["dearer"] = figures.percent(found.inflation - 1, 2)
    means = Message("two-sided z test of two means")
    facts["method"] = figures.say(
        Message("pooled z test of two proportions, two-sided") if question(design).sd is None else means
    )
    facts["formula"] = said(found.working.formula, language(figures.code))
    facts["note"] = figures.say(found.note) if found.note else None
    return facts | _days(design, figures, found)


def _said(names: Iterable[str], figures: Figures) -> list[str]:
    known = {"control": Message("control"), "treatment": Message("treatment")}
    return [figures.say(known[name]) if name in known else name.replace("_", " ") for name in names]


def arms(design: Design, figures: Figures) -> list[str]:
    """The arms with their shares: control 70 %, treatment 30 %."""
    split = design.ab_test.split
    return [
        f"{name} {figures.percent(share)}" for name, share in zip(_said(split, figures), split.values(), strict=True)
    ]


def _days(design: Design, figures: Figures, found: AbTest) -> Facts:
    test = design.ab_test
    time = duration_of(design, found.total) if found.total is not None else None
    if test.eligible_units_day is None or time is None or time.enrol is None or time.least is None:
        return {}
    exposure = pace_of(design)[0]
    daily = test.eligible_units_day * (exposure.value if exposure else 1)
    facts: Facts = {
        "daily": figures.number(round(daily)),
        "enrol": figures.days(time.enrol),
        "mature": figures.days(time.mature) if time.mature else None,
        "ramp": figures.days(time.ramp) if time.ramp else None,
        "least": _in_weeks(time, figures),
        "weeks": figures.days(time.whole_weeks) if time.whole_weeks and time.whole_weeks > time.least else None,
    }
    if test.duration_days is not None:
        facts["fits"] = time.least <= test.duration_days
    return facts


def _in_weeks(time: Duration, figures: Figures) -> str:
    """The least days, and the whole weeks that `mlsd size` rounds them up to."""
    least = figures.days(time.least or 0.0)
    if time.least is None or time.whole_weeks is None or time.whole_weeks <= time.least:
        return least
    return figures.say(Message("{days} (in whole weeks {weeks})", days=least, weeks=figures.days(time.whole_weeks)))
