"""The commands for projects as they are typed."""

from __future__ import annotations

import zipfile

from click.testing import CliRunner

from sourcebook.commands.command_line import main


def test_the_commands_write_new_files_only(root, tmp_path):
    def run(*arguments):
        said = ["--root", root, "exchange", *arguments]
        return CliRunner().invoke(main, [str(each) for each in said])

    path, drafts = tmp_path / "ours.qdpx", tmp_path / "drafts.yml"
    done = run("export", path)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(path) as archive:
        assert "project.qde" in archive.namelist()
    before = path.read_bytes()
    done = run("import", path, "--to", drafts)
    assert done.exit_code == 0, done.output
    assert "0 drafts, 0 notes differ, 0 refused" in done.output
    assert drafts.read_bytes() == b""
    done = run("import", path)
    assert (done.stdout, "0 drafts" in done.stderr) == ("", True)
    for arguments, fault in (
        (("export", path), "is there already"),
        (("export", tmp_path / "ours.zip"), "does not end in .qdpx"),
        (("export", tmp_path / "no" / "ours.qdpx"), "no folder"),
        (("import", path, "--to", drafts), "is there already"),
        (("import", tmp_path / "none.qdpx"), "no such file"),
    ):
        done = run(*arguments)
        assert done.exit_code == 1
        assert fault in done.output
        assert "fix: " in done.output
        assert "Traceback" not in done.output
    assert path.read_bytes() == before


def test_what_was_refused_is_told_beside_the_drafts_and_the_command_fails(
    root, parts, packed
):
    name = next(name for name in parts if b"modest 4.3%" in parts[name])
    parts[name] = parts[name].replace(b"modest 4.3%", b"modest 4.8%")
    said = ["--root", str(root), "exchange", "import", str(packed(parts))]
    done = CliRunner().invoke(main, said)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "its text is not that of" in done.stderr
    assert done.stderr.endswith("1 refused\n")
