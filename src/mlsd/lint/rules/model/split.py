"""How train and test are kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd.design import Design
from mlsd.design.data import Entity, Source
from mlsd.design.model import Model, Split
from mlsd.lint import Finding, Knowledge, Maturity, Severity, rule
from mlsd.lint.amount import days
from mlsd.lint.diagnostic import Sentence
from mlsd.lint.facts import at_least

SHUFFLED = frozenset({"random", "stratified", "kfold"})
STEPS = r"[,;→>]"
SPLITS = r"(?i)\bsplit|split\b|разби[вет]|раздел"
LEARNS = (
    r"(?i)(over|under|re|up|down)-?sampl|smote|scaler|\bscal(e|ing)|normali[sz]|standardi[sz]|encoder|\bencod(e|ing)"
    r"|imputer|\bimput|\bpca\b|tf-?idf"
    r"|feature selection|сэмплир|семплир|масштаб|нормализ|нормиров|стандартиз|кодиров|импут|отбор признаков"
)
"""Steps that take something from all the rows they see."""
OF_ONE_ROW = (
    r"(?i)\b(log|px|pixel|image|page|contrast|phone|address|unicode|text|case|name|form|url|e-?mail|currenc|unit)"
    r"|пиксел|изображ|страниц|контраст|телефон|адрес|текст|регистр|имен|имён|назван|валют|единиц|логарифм"
)
"""What is brought into one form row by row: an image, an address, a logarithm."""
ROUNDING = 0.02
HORIZONS = 10
"""A test of so many horizons looks ahead from many moments."""
SEVERAL = 1.2
"""So many rows a piece are more than rounding."""
OF_TRAINING = r"(?i)train|обуч"


@rule("MOD-05", Severity.ERROR, since=Maturity.INTERVIEW, sources=["NA", "KH", "CR25", "CR-X10", "AD", "COR"])
def random_split_on_time(split: Split, design: Design, knowledge: Knowledge) -> Iterator[Finding]:
    """A shuffled split of data that is ordered in time.

    Production always predicts the future from the past. A random split lets the model see next week's popularity,
    prices and users while it is tested on this week's, so the offline number is too good and the A/B test
    disappoints. 28 % of public design documents split by time.

    Ask: Could any row of the training part have been recorded after a row of the test part?
    False positives: images or texts whose meaning does not drift; set `traits.time_ordered: none`.

    Bad:
    ```yaml
    template: recsys
    model: {split: {strategy: random}}
    ```
    Good:
    ```yaml
    template: recsys
    model: {split: {strategy: temporal}}
    ```
    """
    if split.strategy not in SHUFFLED:
        return
    way_out = [Sentence("closes with strategy temporal, or rolling for forecasts")]
    if knowledge.strong("time_ordered"):
        text = "The split is {strategy}, but this kind of problem is ordered in time."
        yield Finding(text, at="strategy", ways_out=way_out, strategy=split.strategy)
    elif split.time_column:
        yield Finding(
            "The split is {strategy}, but {column} orders the data in time.",
            at="strategy",
            also="model.split.time_column",
            ways_out=way_out,
            strategy=split.strategy,
            column=split.time_column,
        )
    elif design.data.labels.delay_days and knowledge.traits.get("time_ordered") != "none":
        yield Finding(
            "The split is {strategy}, but labels arrive {delay} late: the data has a before and an after.",
            at="strategy",
            also="data.labels.delay_days",
            severity=Severity.WARNING,
            ways_out=way_out,
            strategy=split.strategy,
            delay=days(design.data.labels.delay_days),
        )


@rule("MOD-06", Severity.WARNING, since=Maturity.DESIGN, sources=["BK", "CR27"], requires=("MOD-05",))
def group_leak(split: Split, design: Design) -> Iterator[Finding]:
    """Rows of one person or thing may stand on both sides of the split, and new ones arrive every day.

    Ten photographs of one patient, split at random, put the patient into training and test. The test then asks
    whether the model remembers him; production asks about somebody whom it has never seen. A group that is one row
    keeps nothing together, and its split is a random one.

    Ask: Which entity has several rows, and must the model work for one that it has not met?
    False positives: only known ones are served, such as lists for people with a history; then nothing new arrives.

    Bad:
    ```yaml
    data: {entities: [{id: patient, key: patient_id, new_per_day: 40}, {id: scan, key: "patient_id, taken_at"}]}
    model: {task: binary, target: {entity: scan}, split: {strategy: random}}
    ```
    Good:
    ```yaml
    data: {entities: [{id: patient, key: patient_id, new_per_day: 40}, {id: scan, key: "patient_id, taken_at"}]}
    model: {task: binary, target: {entity: scan}, split: {strategy: random, group: patient}}
    ```
    """
    if split.group:
        yield from _one_row_each(split, design)
        return
    if split.strategy == "group":
        yield Finding("The split is by group, and no group is named.", at="group")
    if split.strategy not in SHUFFLED or design.model.task in ("ranking", "retrieval"):
        return
    for position, entity in enumerate(design.data.entities):
        if entity.new_per_day and _has_many_rows(entity, design):
            yield Finding(
                "The split is {strategy}: one {entity} may stand on both sides, and {count} new ones arrive every day.",
                at="group",
                also=("data", "entities", position, "new_per_day"),
                ways_out=[Sentence("closes with group {entity}", entity=entity.id)],
                strategy=split.strategy,
                entity=entity.id,
                count=entity.new_per_day,
            )
            return


def _one_row_each(split: Split, design: Design) -> Iterator[Finding]:
    """A split by the row itself, where each of a person or of something new every day has several rows."""
    target, count = design.model.target.entity, design.data.labels.count
    row = next((one for one in design.data.entities if one.id and one.id == target), None)
    if split.strategy not in {"group", *SHUFFLED} or row is None or split.group != [row.id]:
        return
    if row.rows is None or count is None or count > SEVERAL * row.rows:  # then a group may hold several rows
        return
    shared = [
        (entity.rows, at, entity)
        for at, entity in enumerate(design.data.entities)
        if entity.rows is not None and entity.rows * SEVERAL <= row.rows
        if (entity.new_per_day or any(attribute.personal for attribute in entity.attributes))
        if _has_many_rows(entity, design) or _of_one_source(row, entity, design.data.sources)
    ]
    if shared:
        rows, at, entity = min(shared, key=lambda entry: entry[:2])
        yield Finding(
            "The split is by {group}, but each row is a {group} of its own: one {entity} of {rows} may stand on both "
            "sides.",
            at="group",
            also=("data", "entities", at, "rows"),
            ways_out=[Sentence("closes with group {entity}", entity=entity.id)],
            group=row.id,
            entity=entity.id,
            rows=rows,
        )


def _has_many_rows(entity: Entity, design: Design) -> bool:
    """Whether what is predicted belongs to such an entity: its key holds that one's, or a feature describes it.

    Or both come from one source, and there are fewer of it: 2.1M patients of 5.4M pictures.
    """
    row = next((one for one in design.data.entities if one.id and one.id == design.model.target.entity), None)
    if row is None or entity is row or not entity.id:
        return False
    own, key = set(_columns(row.key)), set(_columns(entity.key))
    named = {entity.id} | key
    described = any(entity.id in feature.entity for feature in design.model.features)
    fewer = row.rows is not None and entity.rows is not None and entity.rows * SEVERAL <= row.rows
    together = _of_one_source(row, entity, _learned_from(design))
    held = bool(key) and key < own
    return described or held or (fewer and together) or any(attribute.name in named for attribute in row.attributes)


def _of_one_source(row: Entity, entity: Entity, sources: list[Source]) -> bool:
    return any({row.id, entity.id} <= set(source.entity) for source in sources)


def _learned_from(design: Design) -> list[Source]:
    """The sources of the features and of the labels."""
    names = {name for feature in design.model.features for name in feature.source} | {design.data.labels.source}
    return [source for source in design.data.sources if source.id in names]


def _columns(key: str | None) -> list[str]:
    return [column.strip() for column in (key or "").split(",") if column.strip()]


@rule("MOD-10", Severity.ERROR, since=Maturity.DESIGN, sources=["BK", "CR-S03"])
def tuned_on_test(model: Model) -> Iterator[Finding]:
    """Settings or the cut-off are chosen on the test part.

    The best of fifty settings is in part the luckiest. Chosen on the test, that luck is in the number that is
    reported, and nothing is left that could show how large it was.

    Ask: How often has anybody looked at the test part before the last day?
    False positives: none known; without a validation part, cross-validation inside the training part does it.

    Bad:
    ```yaml
    model: {tuned_on: test}
    ```
    Good:
    ```yaml
    model: {tuned_on: validation}
    ```
    """
    way_out = [Sentence("closes with the validation part, or cross-validation within the training part")]
    if model.tuned_on == "test":
        yield Finding("The settings are tuned on the test part.", at="tuned_on", ways_out=way_out)
    if model.operating_point.chosen_on == "test":
        yield Finding("The cut-off is chosen on the test part.", at="operating_point.chosen_on", ways_out=way_out)
    named = "tuned_on" if model.tuned_on == "validation" else "operating_point.chosen_on"
    if "validation" in (model.tuned_on, model.operating_point.chosen_on) and _has_no_validation(model.split):
        text = "Something is chosen on a validation part, but training and test are all there is of the split."
        yield Finding(text, at=named, also="model.split", ways_out=way_out)


def _has_no_validation(split: Split) -> bool:
    """Whether the parts make a whole without one, so that only the test is left to choose on."""
    parts = (split.train or 0) + (split.test or 0)
    return not split.validation and split.train is not None and abs(parts - 1) <= ROUNDING


@rule("MOD-20", Severity.WARNING, since=Maturity.DESIGN, sources=["NA", "BK"])
def single_fold_forecast(split: Split, design: Design) -> Iterator[Finding]:
    """A forecast is tested from one cut-off only, or on fewer days than it looks ahead.

    One cut-off is one draw: a forecast made before Easter and one made after it differ more than two models do. And a
    test of seven days says nothing of the fourteenth day that is ordered for. A test ten times as long as the horizon
    looks ahead from many moments, although the model was trained once.

    Ask: From how many different days does the test look ahead, and does each look as far as you will?
    False positives: a series so short that a second cut-off would leave nothing to learn from.

    Bad:
    ```yaml
    model: {task: forecasting, split: {strategy: temporal}}
    ```
    Good:
    ```yaml
    model: {task: forecasting, split: {strategy: rolling}}
    ```
    """
    if design.model.task != "forecasting":
        return
    horizon = design.model.target.horizon_days
    once = split.folds in (0, 1) or (split.folds is None and split.strategy in ("temporal", "fixed"))
    if once and not (horizon and (split.test_days or 0) >= HORIZONS * horizon):
        yield Finding(
            "The forecast is tested from one cut-off only.",
            at="folds",
            also="model.task",
            ways_out=[Sentence("closes with a rolling split, three to five cut-offs")],
        )
    if horizon is not None and split.test_days is not None and split.test_days < horizon:
        yield Finding(
            "The test has {days} days, but the forecast looks {horizon} ahead.",
            at="test_days",
            also="model.target.horizon_days",
            ways_out=[Sentence("closes at test_days ≥ {horizon}", horizon=at_least(horizon))],
            days=split.test_days,
            horizon=horizon,
        )


@rule("MOD-21", Severity.ERROR, since=Maturity.DESIGN, sources=["AD", "BK"])
def resample_before_split(model: Model) -> Iterator[Finding]:
    """The data is scaled, encoded or resampled before it is split.

    Whatever is learned from all rows is learned from the test too. With oversampling it is worst: copies of one
    positive land on both sides, and the test asks for what was learned by heart.

    Ask: Which numbers used in preparation were computed from rows of the test?
    False positives: a step that looks at one row only, such as a logarithm; name what it is about (“normalise phone
    numbers”), and the rule knows.

    Bad:
    ```yaml
    model: {preparation: [join, oversample, split]}
    ```
    Good:
    ```yaml
    model: {preparation: [join, split, oversample]}
    ```
    """
    steps = [
        (position, step.strip()) for position, text in enumerate(model.preparation) for step in re.split(STEPS, text)
    ]
    split = next((number for number, (_, step) in enumerate(steps) if re.search(SPLITS, step)), 0)
    for position, step in steps[:split]:
        apart = re.search(OF_TRAINING, model.preparation[position]) or re.search(OF_ONE_ROW, step)
        if re.search(LEARNS, step) and not apart:
            yield Finding(
                "“{step}” comes before the split, so it learns from the test.",
                at=("preparation", position),
                also=("model", "preparation", steps[split][0]),
                ways_out=[Sentence("closes if the split comes first and this step is fitted on the training part")],
                step=step,
            )
            return
