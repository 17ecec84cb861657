"""The command line, as processes where that matters: output, files, exit statuses, one line for every mistake."""

import json
import os
import subprocess
import sys

import pytest

import symnet
from symnet.cli import main


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "symnet", *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def test_the_main_job(tmp_path):
    path = tmp_path / "notes.tex"
    done = run("collapse", "--depth", "5", "-o", str(path))
    assert done.returncode == 0
    assert done.stdout.startswith("y = W x + B\n  where W = W⁽⁵⁾ W⁽⁴⁾ W⁽³⁾ W⁽²⁾ W⁽¹⁾\n")
    assert "torch 2" in done.stdout
    assert done.stderr == f"wrote {path}\n"
    assert "torch 2" in path.read_text()


@pytest.mark.parametrize(
    ("kind", "arguments", "shown", "heavy"),
    [
        ("Proof", ["collapse", "--depth", "5"], "name W and B", ["torch", "sympy", "numpy"]),
        ("Derived", ["derive", "relu"], "a′₊(0) = 1", ["torch"]),
    ],
)
def test_the_proof_is_printed_before_torch_is_imported(kind, arguments, shown, heavy, monkeypatch, capsys):
    seen = []

    def witnessed(self, seed):
        seen.append(capsys.readouterr().out)
        raise symnet.MissingDependency("torch is not installed")

    monkeypatch.setattr(getattr(symnet, kind), "witnessed", witnessed)
    assert main(arguments) == 2
    assert shown in seen[0]
    code = (
        f"import sys; from symnet.cli import main; main({[*arguments, '--no-check']});"
        f"sys.exit(3 if {set(heavy)} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["collapse", "--depth", "2"], "= W x + B"),
        (["collapse", "--widths", "2,2,1"], "= W₁ x₁ + W₂ x₂ + B"),
        (["collapse", "--widths", "2,2,1", "--form", "matrix"], "= W x + B"),
        (["collapse", "--depth", "2", "--convention", "row"], "= X W + 𝟏ₘ B"),
        (["collapse", "--widths", "n0, 3 ,k"], "x is n₀×1"),
        (["collapse", "--depth", "2", "--activation", "affine"], "β⁽¹⁾"),
        (["collapse", "--depth", "2", "--activation", "2:1/2,sigmoid"], "y = sigmoid(W x + B)"),
        (["collapse", "--depth", "3", "--activation", "2:1/2"], "1/2"),
        (["collapse", "--depth", "2", "--no-bias"], "y = W x\n"),
        (["derive", "z*atan(z)"], "a′ = arctan z + z/(1 + z²)"),
        (["derive", r"\frac{1}{1+e^{-z}}"], "The formula was read by symnet and latex2sympy2."),
        (["derive", "ReLU"], "a′₋(0) = 0"),
        (["derive", "c*x", "--variable", "c"], "a′ = x"),
        (["derive", "elu", "--with", "alpha=2"], "a + α"),
        (["derive", "k*max(0, z - b)", "--with", "k=2，b=1/3"], "(for z > b)"),
        (["derive", "softmax", "--size", "2"], "∂a₁/∂z₂ = −a₁ a₂"),
        (["derive", "softmax", "--size", "N"], "∑"),
        (["derive", "sine"], "a′ is no function of a alone: at 0 and at π"),
    ],
)
def test_options(arguments, expected, capsys):
    assert main([*arguments, "--no-check"]) == 0
    assert expected in capsys.readouterr().out


def test_weights_from_a_file_are_read_exactly(tmp_path, capsys):
    path = tmp_path / "xor.json"
    path.write_text("[[[[-0.15, -0.15], [0.15, 0.15]], [0.23, -0.08]], [[[0.15, 0.15]], [-0.2]]]")
    assert main(["collapse", "--weights", str(path), "--activation", "identity,step", "--no-check"]) == 0
    assert "y = step(−0.1775)" in capsys.readouterr().out


def test_refuted_and_undecided(tmp_path, capsys):
    assert main(["collapse", "--widths", "2,3,1", "--activation", "tanh"]) == 1
    assert "refuted: " in capsys.readouterr().out
    path = tmp_path / "w.json"
    path.write_text("[[[[1], [-1]], null], [[[1, -1]], null]]")
    assert main(["collapse", "--weights", str(path), "--activation", "relu", "-o", str(tmp_path / "n.tex")]) == 3
    captured = capsys.readouterr()
    assert "undecided: " in captured.out
    assert "not written" in captured.err
    assert not (tmp_path / "n.tex").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "outcome"),
    [
        (["--depth", "2"], 0, "proved"),
        (["--widths", "1,1,1", "--activation", "relu"], 1, "refuted"),
    ],
)
def test_json(arguments, status, outcome, capsys):
    assert main(["collapse", "--json", *arguments]) == status
    data = json.loads(capsys.readouterr().out)
    assert data["symnet"] == symnet.__version__
    assert data["result"]["outcome"] == outcome


def test_json_can_be_replayed(tmp_path, capsys):
    assert main(["collapse", "--depth", "3", "--json", "--no-check"]) == 0
    path = tmp_path / "proof.json"
    path.write_text(capsys.readouterr().out)
    assert main(["replay", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "y = W x + B" in shown
    assert "z⁽²⁾ := W⁽²⁾ a⁽¹⁾ + b⁽²⁾" in shown
    assert "no conditions, no hypotheses" in shown


def test_replay_shows_hypotheses_and_conditions(tmp_path, capsys):
    from symnet.store import encode
    from symnet.term import Derivation, Step, symbol

    x, y = symbol("x"), symbol("y")
    steps = (Step("assume", (), (x, y)), Step("start", (), (1 / x,)), Step("substitute", (1, 0)))
    path = tmp_path / "assumed.json"
    path.write_text(json.dumps(encode(Derivation((), steps, (2,)))))
    assert main(["replay", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "assuming" in shown
    assert "x = y" in shown
    assert "x ≠ 0" in shown
    assert "2 conditions, 1 hypothesis" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["colapse"], "invalid choice: 'colapse'"),
        (["collapse"], "say which network: --depth 5, --widths 2,3,1 or --weights FILE"),
        (["collapse", "--depth", "0"], "a whole number from 1, not 0"),
        (
            ["collapse", "--depth", "2.5"],
            "a letter such as L for every depth, not '2.5'",
        ),
        (["collapse", "--depth", "-1"], "--depth"),
        (["collapse", "--depht", "2"], "--depht"),
        (["collapse", "--widths", "2,,1"], "a width is a whole number from 1 or a name such as 'n0', not ''"),
        (["collapse", "--widths", "2,0"], "not 0"),
        (["collapse", "--widths", "2,1.5"], "a width is a whole number from 1 or a name such as 'n0', not '1.5'"),
        (["collapse", "--depth", "2", "--activation", "sigmod"], "there is no activation 'sigmod'"),
        (["collapse", "--depth", "2", "--activation", "ReLU"], "did you mean 'relu'"),
        (["collapse", "--depth", "2", "--activation", "1:2:3,step"], "a pair (α, β)"),
        (["collapse", "--depth", "2", "--activation", "x:1,step"], "α of an affine activation is 'x'"),
        (["collapse", "--depth", "2", "--convention", "rows"], "convention is 'column'"),
        (["collapse", "--depth", "2", "--form", "scalar"], "form is 'entries' or 'matrix'"),
        (["collapse", "--depth", "2", "--form", "entries"], "needs numeric widths"),
        (["collapse", "--depth", "2", "--seed", "x"], "--seed takes a whole number"),
        (["collapse", "--depth", "2", "-o", "notes.doc"], "should end in .tex, .md, .json"),
        (["collapse", "--depth", "2", "-o", "no/such/folder/n.tex"], "there is no such folder"),
        (["collapse", "--weights", "missing.json"], "missing.json: No such file"),
        (["replay"], "the following arguments are required: FILE"),
        (["replay", "missing.json"], "missing.json: there is no such file"),
        (["replay", "."], ".: not a file"),
        (["replay", "missing.json", "--work", "x"], "--work takes a whole number"),
        (["derive"], "say what to derive: a name such as sigmoid, or 'z*atan(z)'; symnet derive --list lists names"),
        (["derive", "sigmod"], "did you mean sigmoid"),
        (["derive", "z +"], "at column"),
        (["derive", "b + c"], "which of b, c is the variable?"),
        (["derive", "sigmoid", "--variable", "x"], "sigmoid is a function of z"),
        (["derive", "c*z", "--with", "c"], "--with takes letters with numbers, as in alpha=2,k=1/3, not 'c'"),
        (["derive", "c*z", "--with", "c=1,c=2"], "--with takes each letter once"),
        (["derive", "c*z", "--with", "c=x"], "c is 'x': write a decimal"),
        (["derive", "c*z", "--with", "d=1"], "the function has no letter d"),
        (["derive", "softmax", "--size", "0"], "from 1 to 8, not 0"),
        (["derive", "softmax", "--size", "2.5"], "--size takes a whole number from 1, or a letter, not '2.5'"),
        (["derive", "tanh", "--size", "2"], "n is for vector functions"),
        (["derive", "tanh", "--seed", "x"], "--seed takes a whole number"),
        (["derive", "tanh", "-o", "notes.doc"], "should end in .tex, .md, .json"),
        (["derive", "tanh", "--plot", "notes.doc"], "should end in .svg, .png, .pdf, .tex, .tikz"),
        (["derive", "tanh", "-o", "no/such/folder/n.tex"], "there is no such folder"),
        (["derive", "tanh", "--plot", "no/such/folder/n.svg"], "there is no such folder"),
        (["derive", "tanh", "--check"], "--check"),
        (["derive", "z.__class__"], "'.' is no part of an expression"),
        (["derive", "abs(" * 40 + "z" + " - 1)" * 40], "parts, written with exp and cases"),
    ],
)
def test_mistakes_get_one_line(arguments, message, capsys):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.startswith("symnet: ")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("hello", "not JSON at line 1, column 1"),
        ("{}", "not a symnet derivation"),
        ('{"derivation": 3}', "not a symnet derivation"),
    ],
)
def test_bad_files_get_one_line(text, message, tmp_path, capsys):
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert main(["replay", str(path)]) == 2
    captured = capsys.readouterr()
    assert f"symnet: {path}: {message}" in captured.err
    assert captured.err.count("\n") == 1


def test_a_rejected_derivation_gets_one_line(tmp_path, capsys):
    path = tmp_path / "proof.json"
    symnet.collapse(depth=2, check=False).save(path)
    data = json.loads(path.read_text())
    data["derivation"]["steps"][3] = ["symmetry", [2], []]
    path.write_text(json.dumps(data))
    assert main(["replay", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"symnet: {path}: step ")
    assert captured.err.count("\n") == 1


def test_a_closed_pipe_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m symnet collapse --depth 300 --no-check | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_help_and_version():
    assert "--widths" in run("collapse", "--help").stdout
    assert run("--version").stdout == f"symnet {symnet.__version__}\n"
    assert run("collapse", "--depth", "x").stderr.count("\n") == 1


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_a_terminal_of_another_encoding_is_no_crash(encoding, tmp_path):
    path = tmp_path / "notes.tex"
    command = [sys.executable, "-m", "symnet", "collapse", "--depth", "2", "--no-check", "-o", str(path)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"y = W x + B" in done.stdout
    assert path.exists()


def test_a_bug_is_no_refutation(monkeypatch, capsys):
    monkeypatch.setattr("symnet.api.replay", lambda *arguments, **keywords: 1 / 0)
    assert main(["replay", "proof.json"]) == 70
    assert "this is a bug in symnet" in capsys.readouterr().err


def test_replay_says_what_the_result_depends_on(tmp_path, capsys):
    """B := y − W x makes y = W x + B true; the reader sees that this B depends on x."""
    from symnet.store import encode
    from symnet.term import Definition, Derivation, Step, symbol

    x, y, W, B = (symbol(name) for name in "xyWB")
    steps = (Step("start", (), (y,)), Step("regroup", (0,), (W * x + (y - W * x),)), Step("fold", (1,), (B,)))
    path = tmp_path / "lie.json"
    path.write_text(json.dumps(encode(Derivation((Definition(B, y - W * x),), steps, (2,)))))
    assert main(["replay", str(path)]) == 0
    assert "B depends on W, x, y" in capsys.readouterr().out


def test_a_full_disk_and_a_closed_output():
    full = subprocess.run(
        f"{sys.executable} -m symnet collapse --depth 2 --no-check > /dev/full",
        shell=True, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert full.returncode == 2
    assert full.stderr == "symnet: cannot write the output: No space left on device\n"
    closed = subprocess.run(
        f"{sys.executable} -m symnet collapse --depth 2 --no-check >&-", shell=True, capture_output=True, check=False
    )
    assert b"Traceback" not in closed.stderr


def test_a_weights_file_without_weights(tmp_path, capsys):
    path = tmp_path / "w.json"
    path.write_text("null")
    assert main(["collapse", "--depth", "2", "--weights", str(path)]) == 2
    assert "holds no list of weights" in capsys.readouterr().err


def test_names_with_line_breaks_stay_on_one_line(capsys):
    assert main(["replay", "a\nb.json"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_every_depth(tmp_path, capsys):
    assert main(["collapse", "--depth", "L", "--convention", "row", "-o", str(tmp_path / "every.tex")]) == 0
    seen = capsys.readouterr()
    assert "O = X W + 𝟏ₘ B" in seen.out
    assert "at depths 1 to 12" in " ".join(seen.out.split())
    assert main(["collapse", "--depth", "L", "--activation", "relu", "--no-check"]) == 1
    assert "refuted: at depth 2, f" in capsys.readouterr().out


def test_outputs_are_multiplied_out(tmp_path, capsys):
    path = tmp_path / "out.txt"
    arguments = ["collapse", "--widths", "3,3,3", "--no-check", "--expand", str(path)]
    assert main(arguments) == 0
    seen = capsys.readouterr()
    assert seen.err == f"multiplying out 3 × 13 products\nwrote {path}: 39 products\n"  # not a terminal: no progress
    assert "y₁ = w₁₁⁽²⁾ w₁₁⁽¹⁾ x₁ + w₁₁⁽²⁾ w₁₂⁽¹⁾ x₂" in path.read_text(encoding="utf-8")
    path.unlink()
    assert main([*arguments, "--memory", "5K"]) == 2
    assert "need more than 5,120 bytes: raise the memory limit" in capsys.readouterr().err
    assert not path.exists()


def test_progress_is_shown_on_a_terminal_only(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["collapse", "--widths", "2,2", "--no-check", "--expand", str(tmp_path / "out.md")]) == 0
    assert "\routput 2 of 2: 3 of 3 products\r\x1b[K" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--depth", "2", "--expand", "out.tex"], "--expand takes widths that are numbers"),
        (["--depth", "L", "--expand", "out.tex"], "--expand takes widths that are numbers"),
        (["--widths", "2,2", "--expand", "out.pdf"], "the name should end in .tex, .md, .txt"),
        (
            ["--widths", "2,2", "--expand", "out.tex", "--memory", "lots"],
            "--memory takes a number of bytes such as 500M",
        ),
        (["--widths", "2,2", "--expand", "missing/out.tex"], "there is no such folder"),
    ],
)
def test_mistakes_about_expanding(arguments, message, capsys):
    assert main(["collapse", *arguments, "--no-check"]) == 2
    assert message in capsys.readouterr().err


# derive


def test_deriving(tmp_path, capsys):
    assert main(["derive", "sigmoid"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("The derivative of the logistic sigmoid\n")
    assert "= a (1 − a)" in shown
    assert "(quotient rule)" in shown
    assert "torch 2" in shown.splitlines()[-3] + shown.splitlines()[-4]
    assert "autograd says 0; at 40 the derivative is 4.2e−18." in " ".join(shown.split())
    path = tmp_path / "tanh.tex"
    assert main(["derive", "tanh", "--no-check", "-o", str(path)]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[:2] == ["a′ = 4/(e^z + e^(−z))²", "a′ = 1 − a²"]
    assert captured.err == f"wrote {path}\n"
    assert "documentclass" in path.read_text()


def test_the_list_of_activations(capsys):
    assert main(["derive", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["silu", "sigmoid", "linear", "unit", "(swish)"] in [line.split() for line in lines]
    assert main(["derive", "--list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len(lines)
    assert {"name": "silu", "title": "sigmoid linear unit", "aliases": ["swish"]} in rows
    assert "g" not in {row["name"] for row in rows}


def test_a_picture(tmp_path, capsys):
    path = tmp_path / "relu.svg"
    assert main(["derive", "relu", "--no-check", "--plot", str(path)]) == 0
    assert capsys.readouterr().err == f"wrote {path}\n"
    assert path.read_text().startswith("<?xml")
    assert main(["derive", "softmax", "--no-check", "--plot", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "symnet: there is no picture of softmax: it is a function of several variables\n"


def test_the_derivation_as_json_can_be_replayed(tmp_path, capsys):
    assert main(["derive", "elu", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["result"]["outcome"] == "proved"
    assert found["result"]["witness"]["agrees"]
    assert [p["kind"] for p in found["result"]["properties"]][:2] == ["domain", "range"]
    path = tmp_path / "elu.json"
    path.write_text(json.dumps(found))
    assert main(["replay", str(path)]) == 0
    assert "a′ = α e^z" in capsys.readouterr().out
    assert main(["derive", "--json", "max(z, z)"]) == 3
    assert json.loads(capsys.readouterr().out)["result"]["outcome"] == "undecided"


def test_a_wrong_formula_is_a_bug(monkeypatch, capsys):
    def witnessed(self, seed):
        raise symnet.WitnessFailed("torch and the claimed derivative differ")

    monkeypatch.setattr(symnet.Derived, "witnessed", witnessed)
    assert main(["derive", "tanh"]) == 70
    assert "this is a bug in symnet" in capsys.readouterr().err


def test_what_is_not_derived(tmp_path, capsys):
    path = tmp_path / "notes.tex"
    assert main(["derive", "max(z, z)", "-o", str(path)]) == 3
    captured = capsys.readouterr()
    assert captured.out.startswith("undecided: the cases compare z with z there")
    assert captured.err == f"symnet: {path} is not written: there is no derivation\n"
    assert not path.exists()
