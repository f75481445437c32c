"""Help pages and refused flags in Russian, typer's own words included."""

from __future__ import annotations

import pytest

from mlsd.cli import speech
from mlsd.cli.app import run
from mlsd.errors import ExitCode


@pytest.fixture(autouse=True)
def russian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSD_LANG", "ru")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(speech, "_spoken", None)
    monkeypatch.setattr("sys.argv", ["mlsd"])


def test_a_help_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "--help"]) == ExitCode.OK
    said = capsys.readouterr().out
    headings = [line for line in said.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert said.startswith("Использование: mlsd rule [ПАРАМЕТРЫ]")
    assert headings == ["Аргументы:", "Параметры:"]
    assert "[по умолчанию: text]" in " ".join(said.split())
    assert said.rstrip().endswith("Показать эту справку и выйти.")


def test_the_help_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert said.startswith("Использование: mlsd [ПАРАМЕТРЫ] КОМАНДА [АРГУМЕНТЫ]...")
    assert "Команды:\n" in said
    assert "Установить автодополнение для текущей оболочки." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chek"], "Команды «chek» нет. Возможно, «check», «schema»?"),
        (["check", "--xyzzy"], "Параметра --xyzzy нет."),
        (["new", "--minuts", "4"], "Параметра --minuts нет (похожие: --minutes, --no-input)."),
        (["new", "--minutes"], "Параметру «--minutes» нужно значение."),
        (["new", "--minutes", "x"], "Недопустимое значение для «--minutes»: «x» – не число."),
        (["new", "--minutes", "0"], "Недопустимое значение для «--minutes»: 0.0 вне диапазона x>=1."),
        (["new", "--full=3"], "Параметру «--full» значение не нужно."),
        (["new", "a", "b", "c"], "Лишние аргументы: b c"),
    ],
)
def test_a_refusal(capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str) -> None:
    assert run(arguments) == ExitCode.USAGE
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.splitlines()[-1] == f"ошибка: {sentence}"


def test_what_stands_for_a_value_is_said_in_russian_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "--help"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert said.startswith("Использование: mlsd new [ПАРАМЕТРЫ] [шаблон]")
    for words in ("-o, --output ПАПКА", "--data ФАЙЛ", "--set ПУТЬ=ЗНАЧЕНИЕ", "--from ДИЗАЙН", "--language КОД"):
        assert words in said
    assert run(["size", "--help"]) == ExitCode.OK
    assert "\n  file " in capsys.readouterr().out  # a command keeps its name


def test_the_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == ExitCode.OK
    said = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    facts = {words[0]: words[-1] for words in said}
    assert facts["язык"] == "ru"
    assert facts["терминал"] == "stdin нет, stdout нет, stderr нет"
    assert facts["цвет"] == "нет"
    assert {"система", "ширина", "шрифты"} <= set(facts)
