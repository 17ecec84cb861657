"""docs/activations.py: the pages of the activations are written from a run, and say what was found."""

import re
import runpy
import shlex
from pathlib import Path

import pytest

import symnet
from symnet.cli import main
from symnet.term import symbol, total

DOCS = Path(__file__).parents[2] / "docs"
GENERATOR = runpy.run_path(str(DOCS / "activations.py"))
NAMES = ["step", "relu", "gelu", "sine", "softmax"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages") / "activations"
    GENERATOR["main"](folder, NAMES)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_each_function_has_a_page_and_each_of_one_variable_a_picture(pages: dict[str, str]) -> None:
    drawn = {f"{name}.svg" for name in NAMES if name != "softmax"}
    assert pages.keys() == {"index.md", *drawn, *(f"{name}.md" for name in NAMES)}
    for name in NAMES:
        assert pages[f"{name}.md"].startswith(f"# {name}\n")
        assert (f"]({name}.svg)" in pages[f"{name}.md"]) == (f"{name}.svg" in drawn)


def test_the_derivation_is_the_printed_one(pages: dict[str, str]) -> None:
    for name in NAMES:
        printed = symnet.derive(name).markdown()
        derivation = printed[
            printed.index("## Derivation") : re.search("\n## (?:Facts|Notes)\n", printed).start()
        ].strip()
        assert derivation in pages[f"{name}.md"]


def test_a_kink_and_a_jump_are_told_apart(pages: dict[str, str]) -> None:
    relu = re.search(r"\* - \[relu\].*?(?=\n\* -|\n```)", pages["index.md"], re.DOTALL)
    step = re.search(r"\* - \[step\].*?(?=\n\* -|\n```)", pages["index.md"], re.DOTALL)
    assert relu is not None
    assert "kink at $0$" in relu.group()
    assert step is not None
    assert "jump at $0$" in step.group()
    assert "* - $0$\n  - kink\n  - $0$\n  - $0$, $0$\n  - $0$, $1$\n" in pages["relu.md"]
    assert "  - jump\n  - $1$\n  - $0$, $1$\n  - none, $0$\n" in pages["step.md"]


def test_a_derivative_that_is_no_function_of_the_output_is_said_to_be_none(pages: dict[str, str]) -> None:
    assert "not a function of a alone" in pages["index.md"]
    assert "## In terms of a\n\na′ is no function of a alone: at 0 and at π" in pages["sine.md"]


def test_a_derivative_without_a_formula_in_the_output_is_said_to_have_none(pages: dict[str, str]) -> None:
    assert "## In terms of a\n\nNo formula for a′ in a was found.\n\n" in pages["gelu.md"]
    assert "## In terms of a" not in pages["relu.md"]


def test_a_fact_says_how_sure_it_is(pages: dict[str, str]) -> None:
    assert "* - h takes the values \\{0, 1\\}\n  - proved\n" in pages["step.md"]
    assert {fact.status for fact in symnet.derive("gelu", check=False).properties} == set(
        re.findall(r"\n  - ((?:proved|numerical|contained|a bound).*)\n", pages["gelu.md"])
    )


def test_what_torch_does_differently_is_named(pages: dict[str, str]) -> None:
    assert "autograd says 0 by convention" in pages["relu.md"]
    assert "torch.heaviside has no autograd" in pages["step.md"]
    assert "At some points torch is not close" in pages["gelu.md"]


def test_the_table_has_the_errors_of_this_run(pages: dict[str, str]) -> None:
    for name in NAMES:
        ratio = f"{symnet.derive(name).witness.worst_ratio:.2g}"
        assert re.search(rf"\* - \[{name}\][^*]*\n  - {re.escape(ratio)}\n", pages["index.md"]), name


def test_the_pages_hold_no_examples_to_run(pages: dict[str, str]) -> None:
    """They are not part of the repository, so the tests must not come upon them."""
    assert not any(">>>" in text for text in pages.values())


def test_the_table_of_facts_has_what_is_proved_and_nothing_numerical(pages: dict[str, str]) -> None:
    facts = pages["index.md"].split("* - name\n")[2]
    rows = dict(re.findall(r"\* - \[(\w+)\]\(\w+\.md\)\n((?:  - .*\n)+)", facts))
    assert rows["relu"] == "  - \\[0, ∞)\n  - \\{0, 1\\}\n  - 0, ∞\n  - nondecreasing\n  - 1\n"
    assert rows["sine"] == "  - \\[−1, 1\\]\n  - \\[−1, 1\\]\n  - –\n  - odd\n  - 1\n"
    assert rows["gelu"].startswith("  - –\n")


def test_a_wide_sum_is_written_on_lines() -> None:
    z = symbol("z")
    on_lines = GENERATOR["on_lines"]
    assert on_lines(1 + z) == "1 + z"
    wide = total([z**n for n in range(40)])
    assert on_lines(wide).startswith(r"\begin{aligned} &z^{0} \\ &+ z^{1} \\ &+ z^{2} \\ ")
    assert on_lines(total([*wide.args, -z])).endswith(r"z^{39} \\ &-z \end{aligned}")


def test_the_folder_is_emptied_first(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "old.md").touch()
    GENERATOR["main"](tmp_path / "pages", ["identity"])
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["identity.md", "identity.svg", "index.md"]


def commands() -> list[str]:
    page = (DOCS / "derive.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("$ symnet")]


@pytest.mark.parametrize("command", commands())
def test_the_commands_of_the_page_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command)[2:]) == 0
    assert capsys.readouterr().out
