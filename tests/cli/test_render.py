"""``mlsd render`` as its user sees it: forms, places, the same bytes again, object storage, watching."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from mlsd.cli.app import run
from mlsd.cli.printing import ENDINGS
from mlsd.errors import ExitCode

EXAMPLE = Path(__file__).parents[2] / "examples" / "recsys"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793577600")
    return tmp_path


def test_one_call_makes_every_form_and_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(EXAMPLE), "-o", "d.md", "-o", "d.html", "-o", "d.pdf"]) == ExitCode.OK
    assert capsys.readouterr().out == "d.md\nd.html\nd.pdf\n"
    assert Path("d.md").read_text(encoding="utf-8").startswith("# Related items on the product page\n")
    assert Path("d.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert Path("d.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_a_page_says_its_goal_to_those_who_only_see_its_head() -> None:
    Path("d.yaml").write_text("problem: {goal: {statement: 'More pages with a second <click>'}}\n")
    assert run(["render", "d.yaml", "-o", "d.html", "-o", "d.pdf"]) == ExitCode.OK
    goal = '<meta name="description" content="More pages with a second &lt;click&gt;">'
    assert goal in Path("d.html").read_text(encoding="utf-8")
    assert PdfReader("d.pdf").metadata["/Subject"] == "More pages with a second <click>"


def test_every_form_has_bytes_of_its_own() -> None:
    outputs = [f"d{ending}" for ending in ENDINGS]
    assert run(["render", str(EXAMPLE), *(part for output in outputs for part in ("-o", output))]) == ExitCode.OK
    assert len({Path(output).read_bytes()[:8] for output in outputs}) == len(outputs)


def test_an_output_named_twice_is_written_once_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(EXAMPLE), "-o", "d.md", "-o", "./d.md", "-o", "d.md"]) == ExitCode.OK
    assert capsys.readouterr().out == "d.md\n./d.md\n"
    assert Path("d.md").read_text(encoding="utf-8").count("# Related items on the product page\n") == 1


def test_signs_that_the_pdf_cannot_print_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.yaml").write_text("title: 推荐 for Nguyễn\n", encoding="utf-8")
    assert run(["render", "d.yaml", "-o", "d.md", "-o", "d.html"]) == ExitCode.OK
    assert capsys.readouterr().err == ""
    assert run(["render", "d.yaml", "-o", "d.pdf"]) == ExitCode.OK
    said = "The fonts of the PDF lack 推 荐 ễ: it prints codes or plainer letters instead.\n"
    assert capsys.readouterr() == ("d.pdf\n", said)
    assert "‹U+63A8 U+8350› for Nguyên" in PdfReader("d.pdf").pages[0].extract_text()


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_the_same_file_gives_the_same_bytes(form: str) -> None:
    for name in ("one", "two"):
        assert run(["render", str(EXAMPLE), "-o", f"{name}.{form}"]) == ExitCode.OK
    assert Path(f"one.{form}").read_bytes() == Path(f"two.{form}").read_bytes()


def test_without_an_output_markdown_goes_to_stdout(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["render", str(EXAMPLE)]) == ExitCode.OK
    assert capfdbinary.readouterr().out.startswith(b"# Related items on the product page\n")


def test_the_document_speaks_the_files_language_or_the_one_asked_for() -> None:
    run(["render", str(EXAMPLE / "design.ru.yaml"), "-o", "ru.md"])
    run(["render", str(EXAMPLE / "design.ru.yaml"), "--language", "en", "-o", "en.md"])
    assert "## 1. Problem\n" in Path("en.md").read_text(encoding="utf-8")
    assert "## 1. Problem\n" not in Path("ru.md").read_text(encoding="utf-8")


def test_an_ending_that_says_no_form_is_refused_before_anything_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(EXAMPLE), "-o", "d.md", "-o", "d.docx"]) == ExitCode.USAGE
    assert capsys.readouterr().err == (
        "error: d.docx does not say in which form to print.\n  Choose one of: .md, .html, .pdf.\n"
    )
    assert not Path("d.md").exists()
    assert run(["render", str(EXAMPLE), "-o", ""]) == ExitCode.USAGE
    assert capsys.readouterr().err == (
        "error: The name of the file to print to is empty.\n  Name a file, or leave -o out.\n"
    )


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(EXAMPLE), "-o", "nowhere/d.md"]) == ExitCode.CANNOT_WRITE
    assert capsys.readouterr().err.startswith("error: nowhere/d.md cannot be written. The folder is not there.")


def test_a_cloud_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(EXAMPLE), "-o", "ftp://host/d.md"]) == ExitCode.USAGE
    assert capsys.readouterr().err == (
        "error: mlsd cannot write to ftp://.\n  It writes to files and to: s3://, gs://, az://.\n"
    )


def test_without_the_extra_one_sentence_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cloudpathlib", None)
    assert run(["render", str(EXAMPLE), "-o", "s3://bucket/d.md"]) == ExitCode.USAGE
    assert capsys.readouterr().err == (
        "error: Writing to s3:// needs an extra that is not installed.\n  Install it: pip install 'mlsd[cloud]'\n"
    )


def test_a_pdf_goes_to_object_storage(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra: a real client against a local server that speaks S3."""
    pytest.importorskip("cloudpathlib")
    boto3 = pytest.importorskip("boto3")
    server_module = pytest.importorskip("moto.server")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        client = boto3.client("s3")
        client.create_bucket(Bucket="designs")
        assert run(["render", str(EXAMPLE), "-o", "s3://designs/recsys/d.pdf"]) == ExitCode.OK
        stored = client.get_object(Bucket="designs", Key="recsys/d.pdf")["Body"].read()
        assert stored.startswith(b"%PDF-1.7")
        assert run(["render", str(EXAMPLE), "-o", "s3://nowhere/d.md"]) == ExitCode.CANNOT_WRITE
    finally:
        server.stop()


def test_watch_prints_again_on_every_save() -> None:
    design = Path("design.yaml")
    design.write_text("title: First\n", encoding="utf-8")
    command = [sys.executable, "-m", "mlsd", "render", "--watch", "-o", "d.md"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        try:
            assert watching.stderr.readline().startswith("Watching design.yaml")
            assert watching.stdout.readline() == "d.md\n"
            assert Path("d.md").read_text(encoding="utf-8").startswith("# First\n")
            design.write_text("title: [\n", encoding="utf-8")
            assert watching.stderr.readline().startswith("error: design.yaml:")
            design.write_text("title: Second, longer\n", encoding="utf-8")
            assert watching.stdout.readline() == "d.md\n"
            assert Path("d.md").read_text(encoding="utf-8").startswith("# Second, longer\n")
        finally:
            watching.send_signal(signal.SIGINT)
            watching.communicate(timeout=20)
    assert watching.returncode == ExitCode.OK
