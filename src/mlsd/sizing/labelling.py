"""Labels, review queues and cut-offs: what base rates, errors and people's time imply."""

from __future__ import annotations

from math import ceil, comb, exp, sqrt

from mlsd.errors import Message
from mlsd.sizing import domain
from mlsd.sizing.normal import critical
from mlsd.sizing.working import Input, Value, Working, impossible

BAYES = "Bayes' rule; Axelsson: The Base-Rate Fallacy and the Difficulty of Intrusion Detection (2000)"
ELKAN = "Elkan: The Foundations of Cost-Sensitive Learning (2001)"
ARROW = "Arrow, Harris, Marschak: Optimal Inventory Policy (1951)"
CONDORCET = (
    "Condorcet: Essai sur l'application de l'analyse (1785); Boland: Majority Systems and the Jury Theorem (1989)"
)
WALD = "Wald interval of a proportion; Brown, Cai, DasGupta: Interval Estimation for a Binomial Proportion (2001)"


def implied_precision(base_rate: Value, recall: Value, false_positive_rate: Value) -> Working:
    """Precision that a base rate, a recall and a false-positive rate imply together; all are shares from 0 to 1.

    A rate of .2 %, recall .9 and false positives of 1 % give .153. None if nothing would be flagged at all.
    """
    base, hits, false = _rates(base_rate, recall, false_positive_rate)
    flagged = base.value * hits.value + (1 - base.value) * false.value
    formula = "P = π·R ÷ (π·R + (1 − π)·FPR)"
    if flagged == 0:
        why = Message("Nothing would be flagged, so there is no precision.")
        return impossible(formula, (base, hits, false), "", BAYES, why)
    return Working(formula, (base, hits, false), base.value * hits.value / flagged, "", BAYES)


def precision_of_top(base_rate: Value, taken: Value) -> Working:
    """The highest precision among a share of the cases that is taken, all positives in it: min(1, π ÷ share)."""
    base = domain.share(Message("base rate"), base_rate)
    share = domain.some_share(Message("share taken"), taken)
    return Working("P ≤ min(1, π ÷ share)", (base, share), min(1.0, base.value / share.value), "", BAYES)


def right_by_majority(agreement: Value, per_item: Value | None = None) -> Working:
    """In what share of the examples the majority of labellers is right, from the share in which two of them agree.

    Yes or no, with independent slips: two who agree in 70 % err in 18 % each, and the majority of three in 9 %. An even
    number counts as one fewer, as the last one can only make a tie (one labeller unless given, at most 99).
    """
    agreed = domain.share(Message("agreement of two labellers"), agreement)
    people = domain.number(Message("labels of an item"), per_item, at_least=1, at_most=99, default=1.0)
    voters = int(people.value) - (int(people.value) + 1) % 2
    err = (1 - sqrt(max(0.0, 2 * agreed.value - 1))) / 2
    right = sum(comb(voters, wrong) * err**wrong * (1 - err) ** (voters - wrong) for wrong in range(voters // 2 + 1))
    formula = "P = Σ C(n, k)·e^k·(1 − e)^(n − k), k < n ÷ 2;  A = 1 − 2·e·(1 − e)"
    return Working(formula, (agreed, people), min(1.0, right), "", CONDORCET)


def flagged_share(base_rate: Value, recall: Value, false_positive_rate: Value) -> Working:
    """Share of all cases that is flagged, rightly or wrongly: π·R + (1 − π)·FPR."""
    base, hits, false = _rates(base_rate, recall, false_positive_rate)
    flagged = base.value * hits.value + (1 - base.value) * false.value
    return Working("π·R + (1 − π)·FPR", (base, hits, false), flagged, "", BAYES)


def flagged_at_precision(base_rate: Value, recall: Value, precision: Value) -> Working:
    """Share of all cases that is flagged if so many positives are found and so many flags are right: π·R ÷ P.

    A rate of 1 %, recall .8 and precision .5 flag 1.6 %; with a precision below π·R nothing is left out.
    """
    base, hits = domain.share(Message("base rate"), base_rate), domain.share(Message("recall"), recall)
    right = domain.some_share(Message("precision"), precision)
    return Working("min(1, π·R ÷ P)", (base, hits, right), min(1.0, base.value * hits.value / right.value), "", BAYES)


def reviewers_needed(volume_day: Value, flagged: Value, minutes_each: Value, hours_day: Value | None = None) -> Working:
    """People who must read what is flagged: ⌈volume a day · share flagged · minutes ÷ (60 · hours of a person)⌉.

    ``flagged`` is a share from 0 to 1, ``hours_day`` the hours a person really reviews (6 unless given, at most 24).
    """
    volume = domain.amount(Message("cases a day"), volume_day, "1/day")
    share = domain.share(Message("share flagged"), flagged)
    minutes = domain.amount(Message("minutes for one case"), minutes_each, "min")
    hours = domain.number(Message("hours of review a day"), hours_day, unit="h", above=0, at_most=24, default=6.0)
    people = ceil(volume.value * share.value * minutes.value / (60 * hours.value) - 1e-9)
    formula = "people = ⌈cases a day · flagged · minutes ÷ (60 · hours)⌉"
    return Working(formula, (volume, share, minutes, hours), float(people), "people", "Arithmetic")


def labelling_days(to_label: Value, per_item: Value | None, per_day: Value) -> Working:
    """Days until every item has its labels: ⌈items · labels of each ÷ labels a day⌉ (one label each unless given)."""
    items = domain.amount(Message("items to label"), to_label)
    each = domain.positive(Message("labels of an item"), per_item, default=1.0)
    pace = domain.positive(Message("labels a day"), per_day, "1/day")
    days = ceil(items.value * each.value / pace.value - 1e-9)
    formula = "days = ⌈items · labels of an item ÷ labels a day⌉"
    return Working(formula, (items, each, pace), float(days), "days", "Arithmetic")


def labelling_cost(to_label: Value, per_item: Value | None, unit_cost: Value) -> Working:
    """Cost of all labels: items · labels of each · cost of one (one label each unless given)."""
    items = domain.amount(Message("items to label"), to_label)
    each = domain.positive(Message("labels of an item"), per_item, default=1.0)
    price = domain.amount(Message("cost of a label"), unit_cost, "money")
    formula = "cost = items · labels of an item · cost of a label"
    return Working(formula, (items, each, price), items.value * each.value * price.value, "money", "Arithmetic")


def half_width(share: Value, cases: Value, alpha: Value | None = None) -> Working:
    """Half the confidence interval of a measured share, such as recall over ``cases`` positives; alpha .05.

    Recall .9 on 50 positives is known to ± 8.3 points. With fewer than ten hits or misses the note calls it rough.
    """
    p = domain.share(Message("share"), share)
    n = domain.number(Message("cases"), cases, at_least=1, at_most=domain.LARGEST)
    level = domain.number(Message("alpha"), alpha, at_least=1e-9, at_most=0.5, default=0.05)
    half = critical(level.value, 2) * sqrt(p.value * (1 - p.value) / n.value)
    note = None
    if n.value * min(p.value, 1 - p.value) < 10:
        note = Message("Fewer than ten hits or misses: the interval is rough, and not symmetric.")
    return Working("± z·√(p(1 − p) ÷ n)", (p, n, level), half, "", WALD, note)


def cases_for_half_width(share: Value, half: Value, alpha: Value | None = None) -> Working:
    """Cases needed to know a share to ± ``half`` (above 0, below 1): ⌈z²·p(1 − p) ÷ half²⌉."""
    p = domain.share(Message("share"), share)
    width = domain.number(Message("half-width"), half, at_least=1e-6, below=1)
    level = domain.number(Message("alpha"), alpha, at_least=1e-9, at_most=0.5, default=0.05)
    n = max(1, ceil(critical(level.value, 2) ** 2 * p.value * (1 - p.value) / width.value**2 - 1e-9))
    return Working("n = ⌈z²·p(1 − p) ÷ half²⌉", (p, width, level), float(n), "cases", WALD)


def cost_threshold(false_positive_cost: Value, false_negative_cost: Value) -> Working:
    """Probability above which acting is cheaper: C_fp ÷ (C_fp + C_fn). Needs calibrated probabilities.

    Both costs are 0 or more, in the same unit; none if both are zero.
    """
    wrong = domain.amount(Message("cost of a false positive"), false_positive_cost)
    missed = domain.amount(Message("cost of a false negative"), false_negative_cost)
    return _ratio("t* = C_fp ÷ (C_fp + C_fn)", wrong, missed, ELKAN)


def newsvendor_quantile(underage_cost: Value, overage_cost: Value) -> Working:
    """Quantile of the forecast to order: c_u ÷ (c_u + c_o), costs of one too few and one too many; 3 : 1 is .75."""
    few = domain.amount(Message("cost of one too few"), underage_cost)
    many = domain.amount(Message("cost of one too many"), overage_cost)
    return _ratio("q = c_u ÷ (c_u + c_o)", few, many, ARROW)


def poisson_zero_share(mean: Value) -> Working:
    """Share of zeros among Poisson counts with this mean: e^−λ. More zeros than that ask for another model."""
    rate = domain.amount(Message("mean count"), mean)
    return Working("e^−λ", (rate,), exp(-rate.value), "", "Poisson distribution")


def _rates(base_rate: Value, recall: Value, false_positive_rate: Value) -> tuple[Input, Input, Input]:
    return (
        domain.share(Message("base rate"), base_rate),
        domain.share(Message("recall"), recall),
        domain.share(Message("false-positive rate"), false_positive_rate),
    )


def _ratio(formula: str, first: Input, second: Input, source: str) -> Working:
    if first.value + second.value == 0:
        return impossible(
            formula, (first, second), "", source, Message("Both costs are zero, so any choice is as good.")
        )
    return Working(formula, (first, second), first.value / (first.value + second.value), "", source)
