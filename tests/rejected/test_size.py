"""Derivations that are small to write and large to look at: each has to end soon, with a refusal or with the truth."""

from __future__ import annotations

import subprocess
import sys
import time
from fractions import Fraction

import pytest

from symnet.errors import Rejected, SymnetError
from symnet.kernel import replay
from symnet.term import Derivation, Name, Step, Term, apply, number, symbol, total
from tests.rejected.attack import WORK, A, Attack, B, derivation, equate, n, refuse, step, table, x, y

SECONDS = 10.0  # some take one or two on a quick machine; what is refused too late takes minutes
LARGE = 10**5000  # more digits than Python converts to a text
LONG = "elementary operations"


def doubled(term: Term, times: int, by: str) -> Term:
    """The term combined with itself again and again: 2^times copies, but few nodes."""
    for _ in range(times):
        term = Term(by, (term, term))
    return term


def squares(times: int) -> Derivation:
    """S₀ := A + B, Sₖ₊₁ := Sₖ Sₖ, all unfolded: a word of 2^times letters in 2^(2^times) ways."""
    symbols = [symbol(Name("S", layer=k), (n, n)) for k in range(times)]
    define = [(symbols[0], A + B), *((symbols[k], symbols[k - 1] @ symbols[k - 1]) for k in range(1, times))]
    unfold = [step("unfold", k, symbols[times - 1 - k]) for k in range(times)]
    return derivation(step("start", symbols[-1]), *unfold, step("distribute", times, A), define=define)


def nested(depth: int, wrap) -> Term:
    term = x
    for _ in range(depth):
        term = wrap(term)
    return term


def nested_list(depth: int) -> list:
    found: list = []
    for _ in range(depth):
        found = [found]
    return found


def prefixes(count: int) -> Term:
    """x + x x + x (x x) + …, each summand the tail of the next."""
    powers = [x]
    for _ in range(count):
        powers.append(x * powers[-1])
    return total(powers)


def coprime() -> Term:
    """1/a + 1/b for numbers of two million binary digits."""
    return number(Fraction(1, 2**2_000_000 + 1)) + number(Fraction(1, 2**2_000_001 - 1))


ATTACKS: list[Attack] = [
    ("A + B squared sixty times by definitions", lambda: squares(60), ""),
    ("A squared sixty times", lambda: equate(doubled(A, 60, "product"), A), ""),
    ("A squared twenty times", lambda: equate(doubled(A, 20, "product"), A), LONG),
    ("A + B squared ten times", lambda: equate(doubled(A + B, 10, "product"), A), LONG),
    ("x + y squared forty times", lambda: equate(doubled(x + y, 40, "multiply"), x), ""),
    ("x + y squared ten times", lambda: equate(doubled(x + y, 14, "multiply"), x), LONG),
    ("(x + y)^100000", lambda: equate((x + y) ** 100_000, x), LONG),
    ("((x + 1)^1000)^1000", lambda: equate(((x + 1) ** 1000) ** 1000, x), LONG),
    ("2^(10^9)", lambda: equate(number(2) ** 10**9, x), LONG),
    ("((2^1000)^1000)^1000", lambda: equate(((number(2) ** 1000) ** 1000) ** 1000, x), LONG),
    ("(1/3)^(10^12)", lambda: equate(number(Fraction(1, 3)) ** 10**12, x), ""),
    ("x^(2^33)", lambda: equate(x**2**33, x), "too large to compare"),
    ("x^(10^30)", lambda: equate(x**10**30, y), "too large to compare"),
    ("(x^(2^3000000))^0", lambda: equate((x ** (1 << 3_000_000)) ** 0, y), "too large"),
    ("x^LARGE", lambda: equate(x**LARGE, y), "too large to compare"),
    ("0^(2^400000)", lambda: equate(number(0) ** (1 << 400_000), number(1)), ""),
    ("(x⁰ − 1)^(2^80000)", lambda: equate((x**0 - 1) ** (1 << 80_000), number(1)), ""),
    ("x + x, sixty times", lambda: equate(doubled(x, 60, "sum"), y), ""),
    ("x + x, twenty thousand times", lambda: derivation(step("start", doubled(x, 20_000, "sum"))), "nodes"),
    ("a definition doubled twenty thousand times", lambda: _defined(doubled(x, 20_000, "sum")), "nodes"),
    ("a product of 12 sums of 6", lambda: equate(_sums(12), x), LONG),
    ("1/x₁ + … + 1/x₄₀", lambda: equate(total([1 / s for s in _letters(40)]), x), ""),
    (
        "the tails of a long product, distributed",
        lambda: derivation(step("start", x), step("distribute", 0, prefixes(3000))),
        "",
    ),
    ("a sum of two numbers without common divisor", lambda: equate(coprime(), number(0)), ""),
    ("f nested 50,000 times is another", lambda: equate(_f(50_000), _f(50_001)), ""),
    ("a premise that is too long to print", lambda: derivation(step("start", x), step("symmetry", LARGE)), "premise"),
    ("a goal that is too long to print", lambda: derivation(step("start", x), goals=(LARGE,)), "goal"),
    (
        "a number that is too long to print",
        lambda: derivation(step("start", x), step("unfold", 0, number(LARGE))),
        "has no",
    ),
    ("a layer that is too long to print", lambda: _unfold(symbol(Name("x", layer=LARGE))), "the layer of a name"),
    ("an entry that is too long to print", lambda: _unfold(symbol(Name("x", entry=(LARGE,)))), "the entry of a name"),
    ("an exponent that is too long to print", lambda: x**-LARGE, "an exponent is"),
    ("a size that is too long to print", lambda: symbol("A", (-LARGE, 1)), "a shape is"),
    ("a shape that is too long to print", lambda: symbol("P", (LARGE, 1)) + symbol("Q", (1, 1)), "a shape is"),
    ("a layer of −LARGE", lambda: Name("x", layer=-LARGE), "the layer of a name"),
    ("a rule nested too deep to print", lambda: derivation(Step(nested_list(100_000))), "there is no such rule"),
    ("arguments nested too deep to print", lambda: Term("sum", nested_list(100_000)), "the arguments of sum"),
    ("a value nested too deep to print", lambda: Term("sum", (x, y), nested_list(100_000)), "carries no value"),
    (
        "a premise nested too deep to print",
        lambda: derivation(step("start", x), Step("symmetry", (nested_list(100_000),))),
        "premise",
    ),
]


def _f(depth: int) -> Term:
    return nested(depth, lambda term: apply("f", term))


def _unfold(term: Term) -> Derivation:
    return derivation(step("start", x), step("unfold", 0, term))


def _defined(body: Term) -> Derivation:
    return derivation(step("start", y), define=[(symbol("s"), body)])


def _letters(count: int) -> list[Term]:
    return [symbol(Name("a", layer=k)) for k in range(count)]


def _sums(count: int) -> Term:
    product = total(_letters(6))
    for i in range(1, count):
        product = product * total([symbol(Name("a", layer=k, entry=(i,))) for k in range(6)])
    return product


@table(*ATTACKS)
def test_refused_soon(tell, words):
    started = time.process_time()
    refuse(tell, words)
    assert time.process_time() - started < SECONDS


#: Large and true, or refused: nothing else, and soon.
DEEP = [
    ("x + 0 + 0 + …", lambda term: term + 0),
    ("−−−x", lambda term: -term),
    ("f(f(… x))", lambda term: apply("f", term)),
    ("1/(1/(… x))", lambda term: 1 / term),
    ("x + y + y + …", lambda term: y + term),
]


@pytest.mark.parametrize("wrap", [pytest.param(wrap, id=name) for name, wrap in DEEP])
def test_depth_is_no_way_out(wrap):
    started = time.process_time()
    term = nested(20_000, wrap)
    try:
        claim = replay(derivation(step("start", term), step("symmetry", 0), goals=(1,)), WORK).claim
        assert claim.equations[0].rhs == term
        replay(equate(term, x), WORK)
    except SymnetError:
        pass
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("work", [0, 1, 10, 100])
def test_a_small_limit_is_a_limit(work):
    with pytest.raises(Rejected, match=LONG):
        replay(equate((x + y) ** 20, (y + x) ** 20), work)


MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from symnet.errors import SymnetError
from symnet.kernel import replay
from symnet.term import Derivation, Name, Step, symbol, total
x = symbol("x")
many = [symbol(Name("a", layer=k)) for k in range({count})]
term = {term}
try:
    replay(Derivation((), (Step("start", (), (x,)), Step("regroup", (0,), (term,))), (1,)))
except SymnetError:
    print("refused")
"""

#: Small to write, long to multiply out; the default limit on work has to be a limit on memory, too.
WIDE = [
    ("many atoms with wide fields", 20_000, "total(many) + x**1_000_000"),
    ("a product of two long sums", 3_000, "total(many[::2]) * total(many[1::2])"),
]


@pytest.mark.parametrize(("count", "term"), [pytest.param(*rest, id=name) for name, *rest in WIDE])
def test_work_bounds_memory(count, term):
    """One GiB is enough to be refused in."""
    pytest.importorskip("resource")
    program = MEMORY.format(count=count, term=term)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False)
    assert run.stdout == "refused\n", run.stderr[-300:]
