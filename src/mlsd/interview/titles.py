"""What the values of an enum are called where they are picked; one without a title is shown as lines have it."""

from __future__ import annotations

from mlsd.errors import Message, Word
from mlsd.interview.lines.words import said_of

Titles = dict[str, tuple[Message, Message | None]]

_ACTOR: Titles = {
    "machine": (Message("the machine, alone"), Message("no person sees the decision before it takes effect")),
    "human": (Message("a person, advised by the model"), Message("the model only sorts, flags or explains")),
    "both": (Message("both"), Message("clear cases by the machine, the others by a person")),
}
_TASK: Titles = {
    "binary": (Message("classification, two classes"), Message("fraud or not, click or not")),
    "multiclass": (Message("classification, one of many classes"), Message("the category of a product")),
    "multilabel": (Message("classification, several classes at once"), Message("the topics of a text")),
    "regression": (Message("regression"), Message("a number: price, minutes")),
    "forecasting": (Message("forecasting"), Message("numbers of the days ahead")),
    "ranking": (Message("ranking"), Message("the order of a list")),
    "retrieval": (Message("retrieval"), Message("a few hundred among millions")),
    "clustering": (Message("clustering"), Message("groups nobody has named")),
    "anomaly": (Message("anomaly detection"), Message("what is unlike the rest")),
    "detection": (Message("object detection"), Message("what is where in an image")),
    "segmentation": (Message("segmentation"), Message("which pixels belong to what")),
    "speech_recognition": (Message("speech recognition"), Message("sound to text")),
    "translation": (Message("translation"), Message("text to text in another language")),
    "summarisation": (Message("summarisation"), Message("long text to short")),
    "generation": (Message("text generation"), Message("answers, drafts, code")),
    "agent": (Message("agent"), Message("a model that calls tools")),
    "text_to_image": (Message("text to image"), Message("a picture from words")),
    "survival": (Message("survival analysis"), Message("how long until it happens")),
    "uplift": (Message("uplift"), Message("whom an action changes")),
    "bandit": (Message("bandit"), Message("learns while it chooses")),
    "pretraining": (Message("pre-training"), Message("a base for other tasks")),
    "other": (Message("another task"), None),
}
_KNOWLEDGE: Titles = {
    "prompt": (Message("the prompt"), Message("instructions and examples")),
    "rag": (Message("retrieval (RAG)"), Message("documents looked up for each question")),
    "fine_tuning": (Message("fine-tuning"), Message("behaviour and format rather than facts")),
    "tools": (Message("tools"), Message("calls to search, databases, calculators")),
    "long_context": (Message("a long context"), Message("whole documents in the prompt")),
}
_READS: Titles = {
    "user_text": (Message("what users type"), None),
    "user_files": (Message("files of users"), None),
    "documents": (Message("documents of the corpus"), None),
    "web": (Message("pages of the web"), None),
    "email": (Message("e-mail"), None),
    "tool_output": (Message("what tools return"), None),
}
_MATURITY: Titles = {
    "interview": (Message("an interview"), Message("a sketch on the way")),
    "design": (Message("a design"), Message("to be reviewed before anything is built")),
    "pilot": (Message("a pilot"), Message("some people use it")),
    "production": (Message("production"), Message("everybody uses it")),
}
_TABLES: dict[str, Titles] = {
    "actor": _ACTOR,
    "task": _TASK,
    "knowledge": _KNOWLEDGE,
    "reads": _READS,
    "maturity": _MATURITY,
}


def title_of(field: str, value: str) -> Message:
    """The title of an enum value."""
    found = _TABLES.get(field, {}).get(value)
    return found[0] if found else said_of(field, value)


def hint_of(field: str, value: str) -> Message | None:
    """A few words beside the title, the value in the file where that is another word; None where nothing is to add."""
    if found := _TABLES.get(field, {}).get(value):
        return found[1]
    said = said_of(field, value).said
    return Word("", {code: value for code, word in said.items() if word != value})


_STAGES = {
    "problem": Message("problem"),
    "metrics": Message("metrics"),
    "data": Message("data"),
    "pipeline": Message("pipeline"),
    "model": Message("model"),
    "deploy": Message("deploy"),
    "ab_test": Message("A/B test"),
    "header": Message("title page"),
}


def stage_title(stage: str) -> Message:
    """What a stage is called in a sentence."""
    return _STAGES[stage]
