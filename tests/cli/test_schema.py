"""``mlsd schema`` prints the JSON Schema, and ``mlsd new`` lays it where the modeline of the design finds it."""

from mlsd.cli.app import run
from mlsd.content.root import templates
from mlsd.errors import ExitCode

SCHEMA = "mlsd-1.schema.json"


def shipped() -> str:
    return (templates() / "schema" / SCHEMA).read_text(encoding="utf-8")


def test_schema_prints_what_ships(capsys):
    assert run(["schema"]) == ExitCode.OK
    assert capsys.readouterr().out == shipped()


def test_a_new_design_names_the_schema_that_lies_beside_it(tmp_path, capsys):
    assert run(["new", "generic", "--defaults", "-o", str(tmp_path)]) == ExitCode.OK
    design = (tmp_path / "design.yaml").read_text(encoding="utf-8")
    assert design.splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA}"
    assert (tmp_path / SCHEMA).read_text(encoding="utf-8") == shipped()


def test_what_leads_elsewhere_is_not_written_through(tmp_path, capsys):
    folder, elsewhere = tmp_path / "design", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.write_text("kept", encoding="utf-8")
    (folder / SCHEMA).symlink_to(elsewhere)
    assert run(["new", "generic", "--defaults", "-o", str(folder)]) == ExitCode.CANNOT_WRITE
    assert elsewhere.read_text(encoding="utf-8") == "kept"
    assert not (folder / "design.yaml").exists()
