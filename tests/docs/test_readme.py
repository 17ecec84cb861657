"""What the README shows of the command line is what the command line does."""

import re
import shlex
from pathlib import Path

import pytest

from symnet.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(console|json)\n(.*?)```", README, re.DOTALL)
CONSOLE = [block for language, block in BLOCKS if language == "console"]


SHOWN = [block for block in CONSOLE if "…" in block]
COMMANDS = [block for block in CONSOLE if block not in SHOWN and "$ symnet" in block]


@pytest.mark.parametrize("block", SHOWN, ids=["collapse", "derive"])
def test_an_example_is_the_real_output(block, capsys):
    command, *shown = block.splitlines()
    assert main([*shlex.split(command)[2:], "--no-check"]) == 0
    output = capsys.readouterr().out.splitlines()
    lines = [line for line in shown if line != "…"]
    start = output.index(lines[0])
    assert output[start : start + len(lines)] == lines


def test_the_commands_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (weights,) = [block for language, block in BLOCKS if language == "json"]
    Path("weights.json").write_text(weights, encoding="utf-8")
    commands = [line for block in COMMANDS for line in block.splitlines() if line.startswith("$ symnet")]
    assert len(commands) > 4
    for command in commands:
        assert main(shlex.split(command)[2:]) == (1 if "tanh" in command else 0), command
    assert "−0.1775" in capsys.readouterr().out


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_are_targets(target):
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    assert any(f"$ make {target}" in block for block in CONSOLE)
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
