"""Hostile and enormous input: one error of one line, or a term of bounded size, within two seconds."""

import time

import pytest

from symnet.errors import ParseError
from symnet.reader.latex import read_latex
from symnet.reader.text import read_text

#: What no reader reads.
HOSTILE = [
    # Python and shells
    "__import__('os').system('id')",
    "().__class__.__bases__[0]",
    "eval(z)",
    "exec('z')",
    "open('/etc/passwd')",
    "z.__class__",
    "lambda: 0",
    "lambda z: z",
    "z if z > 0 else 0",
    "[z for z in z]",
    "f'{z}'",
    "z; z",
    "z := 1; z",
    "print(z)",
    "import os",
    "`id`",
    "$(id)",
    "${z}",
    "{{z}}}",
    "z\\\n__import__",
    '"z"',
    "z@z",
    "z and (z",
    "not z",
    "~z",
    "z % 2",
    "z // 2",
    "z!",
    "0x10",
    "1_000",
    "1e9999",
    "inf(z)",
    "nan(z)",
    "None",
    "True",
    # LaTeX that does something
    r"\input{/etc/passwd}",
    r"\include{x}",
    r"\write18{id}",
    r"\immediate\write18{id}",
    r"\def\x{\x}\x",
    r"\newcommand{\x}{z}",
    r"\csname x\endcsname",
    r"\catcode`\@=11",
    r"\loop\repeat",
    r"\usepackage{x}",
    r"\begin{document}z\end{document}",
    r"\begin{cases}\begin{cases}z",
    r"\end{cases}",
    r"\href{http://x}{z}",
    r"z % \input{x}",
    r"\verb|z|",
    "\\",
    "\\\\",
    # characters
    "",
    " ",
    "\n\t ",
    "\x00",
    "z\x00",
    "z\x1b[31m",
    "z\u202e",
    "z\u200b",
    "\ufeffz",
    "ｚ",
    "аbs(z)",
    "𝑧",
    "z⁻¹",
    "١",
    "∞",
    "√z",
    "\ud800",
    "é",
    "z\u0301",
    # brackets and signs
    "(",
    ")",
    "()",
    "(z",
    "z)",
    "(z]",
    "|z",
    "{z",
    "z +",
    "* z",
    "z ^",
    "z ^^ 2",
    "z,",
    ",z" * 100,
    "z ** ",
    "z = = z",
    "= z",
    "z = ",
    "1/0",
    # size
    "(" * 5000,
    ")" * 5000,
    "(" * 5000 + "z",
    "|" * 9999,
    "-" * 9999 + "z",
    "+" * 9999,
    "{" * 9999,
    "z^" * 4999 + "z",
    "9**9**9**9",
    "9^{9^{9^{9}}}",
    "z^99999",
    "z^{99999}",
    "((z^100)^100)^100",
    "((z^{100})^{100})^{100}",
    "9" * 1001,
    "9" * 9999,
    "0." + "0" * 5000 + "1",
    "z" * 10**6,
    "a" * 9999,
    "z*" * 4999 + "z",
    "z/" * 4999 + "z",
    "e^" * 4999 + "z",
    "sinh(" * 1600 + "z" + ")" * 1600,
    "max(0, " * 1200 + "z" + ")" * 1200,
    "piecewise(" * 900,
    "piecewise(" + "z<0,1," * 1600 + "0)",
    "piecewise(" + "z!=1 and " * 900 + "z<1,1,0)",
    "max(" + "z," * 4990 + "z)",
    "f(z)=" + "z=" * 4000 + "z",
    "f(" * 4000,
    "$" * 9999,
    r"\frac{" * 1600,
    r"\frac{z}{" * 1100,
    r"\sqrt{" * 1600,
    r"\left(" * 1600,
    r"\exp" * 2400,
    r"\begin{cases}" * 700,
    r"\begin{cases}z&z<0\\" * 480,
    r"\operatorname{" + "a" * 9000 + "}",
    "z_{" * 3000,
    "_" * 9999,
    "z^{(" * 2400,
    "z" + " " * 9000 + "y x)",
]


#: What only the other reader refuses: a space in LaTeX, 0 times x10, a comma after a formula, exp of exp of …
HARMLESS = {(read_latex, "~z"), (read_text, "0x10"), (read_latex, "z,"), (read_text, "e^" * 4999 + "z")}


@pytest.mark.parametrize("read", [read_text, read_latex])
@pytest.mark.parametrize("text", HOSTILE, ids=[f"{i}-{text[:20]!a}" for i, text in enumerate(HOSTILE)])
def test_hostile_input_is_one_error_of_one_line(read, text):
    start = time.perf_counter()
    if (read, text) in HARMLESS:
        read(text)
    else:
        with pytest.raises(ParseError) as error:
            read(text)
        assert len(str(error.value)) < 700
        assert str(error.value).isprintable()
    assert time.perf_counter() - start < 10


def test_there_are_many():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_text, "(" * 4999 + "z" + ")" * 4999),
        (read_latex, "(" * 4999 + "z" + ")" * 4999),
        (read_text, "exp(" * 1999 + "z" + ")" * 1999),
        (read_latex, r"\sqrt{" * 1400 + "z" + "}" * 1400),
        (read_latex, r"\tanh\ln" * 1200 + " z"),
        (read_text, "1^" * 4999 + "1"),
        (read_text, "(" * 2400 + "2" + "^1)" * 2400),
        (read_text, "z" + " " * 9000 + "+ 1"),
        (read_text, "9" * 1000),
        (read_latex, "{" * 4999 + "z" + "}" * 4999),
    ],
)
def test_what_is_deep_and_harmless_is_read(read, text):
    start = time.perf_counter()
    assert read(text).size <= 5000
    assert time.perf_counter() - start < 10
