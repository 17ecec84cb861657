"""Exact output of functions and derivatives: a table of (term, text, LaTeX), and what may never print alike."""

import random
import re
from fractions import Fraction

import pytest

from symnet import render
from symnet.errors import SymnetError
from symnet.render.notation import LATEX, TEXT
from symnet.render.printer import Printer
from symnet.term import (
    Name,
    Term,
    apply,
    cases,
    constant,
    derivative,
    fold,
    index,
    indexed_sum,
    multiply,
    number,
    symbol,
)

z, a, u, v, w, alpha, beta, lam = map(symbol, ("z", "a", "u", "v", "w", "alpha", "beta", "lambda"))
ZERO, ONE, TWO = map(number, range(3))
HALF, PI = number(Fraction(1, 2)), constant("pi")
exp, log, sqrt, sin, cos, atan, tanh, erf = (
    lambda t, name=name: apply(name, t) for name in ("exp", "log", "sqrt", "sin", "cos", "atan", "tanh", "erf")
)
zi, zj, ai = (symbol(Name(base, None, (index(i),))) for base, i in (("z", "i"), ("z", "j"), ("a", "i")))
z1 = symbol(Name("z", 1))
CUBIC = sqrt(TWO / PI) * (z + number(Fraction("0.044715")) * z**3)
LOW = 1 + exp(-z)


def D(body, point=None, side="both", variable=z):
    return derivative(body, variable, point, side)


def size(t):
    return cases((ZERO, "<=", t, t), otherwise=-t)


FUNCTIONS = [
    # e with an exponent; behind exp where that would be tall.
    (exp(z), "e^z", "e^{z}"),
    (exp(-z), "e^(−z)", "e^{-z}"),
    (-exp(-z), "−e^(−z)", "-e^{-z}"),
    (exp(-(z**2)), "e^(−z²)", "e^{-z^{2}}"),
    (exp(-((z / sqrt(TWO)) ** 2)), "e^(−(z/√2)²)", r"e^{-(z/\sqrt{2})^{2}}"),
    (exp(-(z**2 / 2)), "e^(−z²/2)", "e^{-z^{2}/2}"),
    (exp(-beta * z), "e^((−β) z)", r"e^{(-\beta) z}"),
    (exp(zi), "e^zᵢ", "e^{z_i}"),
    (exp(symbol(Name("z", None, (index("d", "j", offset=1),)))), "e^(z_{d+j+1})", "e^{z_{d+j+1}}"),
    (exp(z1), "e^(z⁽¹⁾)", "e^{z^{(1)}}"),
    (exp(ONE), "e", "e"),
    (exp(ZERO), "e^0", "e^{0}"),
    (exp(z) ** 2, "(e^z)²", "(e^{z})^{2}"),
    (exp(exp(z)), "exp(e^z)", r"\exp(e^{z})"),
    (exp(tanh(z)), "e^(tanh z)", r"e^{\tanh z}"),
    (exp(size(z)), "exp(|z|)", r"\exp(\lvert z \rvert)"),
    (
        exp(zi) / indexed_sum("k", 1, index("n"), exp(zj)),
        "e^zᵢ/(∑ₖ₌₁ⁿ e^zⱼ)",
        r"\frac{e^{z_i}}{\sum_{k=1}^{n} e^{z_j}}",
    ),
    # Functions with a bare argument, with brackets, with an exponent.
    (log(z), "ln z", r"\ln z"),
    (log(TWO), "ln 2", r"\ln 2"),
    (log(HALF), "ln(1/2)", r"\ln\biggl(\frac{1}{2}\biggr)"),
    (log(1 + exp(z)), "ln(1 + e^z)", r"\ln(1 + e^{z})"),
    (sin(2 * z), "sin(2 z)", r"\sin(2 z)"),
    (tanh(z1), "tanh(z⁽¹⁾)", r"\tanh(z^{(1)})"),
    (z * tanh(log(1 + exp(z))), "z tanh(ln(1 + e^z))", r"z \tanh(\ln(1 + e^{z}))"),
    (tanh(z) ** 2, "tanh² z", r"\tanh^{2} z"),
    (1 - tanh(z) ** 2, "1 − tanh² z", r"1 - \tanh^{2} z"),
    (tanh(1 + z) ** 2, "tanh²(1 + z)", r"\tanh^{2}(1 + z)"),
    (tanh(z**2), "tanh(z²)", r"\tanh(z^{2})"),
    ((tanh(z) ** 2) ** 3, "(tanh² z)³", r"(\tanh^{2} z)^{3}"),
    (sin(z) ** 2 + cos(z) ** 2, "sin² z + cos² z", r"\sin^{2} z + \cos^{2} z"),
    (cos(atan(z)) ** 2, "cos²(arctan z)", r"\cos^{2}(\arctan z)"),
    (erf(z), "erf z", r"\operatorname{erf} z"),
    (apply("sigma", z), "σ(z)", r"\sigma(z)"),
    # A factor behind a bare argument would seem to belong to it.
    (a * tanh(z), "a tanh z", r"a \tanh z"),
    (tanh(z) * a, "tanh(z) a", r"\tanh(z) a"),
    (z * tanh(z) * a, "z tanh(z) a", r"z \tanh(z) a"),
    (-(tanh(z) * a), "−tanh(z) a", r"-\tanh(z) a"),
    (tanh(z) ** 2 * a, "tanh²(z) a", r"\tanh^{2}(z) a"),
    (log(a) * log(u), "ln(a) ln u", r"\ln(a) \ln u"),
    (tanh(z) / a, "tanh(z)/a", r"\frac{\tanh z}{a}"),
    (z * tanh(z) / a, "(z tanh z)/a", r"\frac{z \tanh z}{a}"),
    (a / tanh(z), "a/tanh(z)", r"\frac{a}{\tanh z}"),
    # Roots, π, absolute values, decimals.
    (sqrt(TWO), "√2", r"\sqrt{2}"),
    (sqrt(1 + z**2), "√(1 + z²)", r"\sqrt{1 + z^{2}}"),
    (sqrt(z) ** 2, "(√z)²", r"(\sqrt{z})^{2}"),
    (sqrt(z**2), "√(z²)", r"\sqrt{z^{2}}"),
    (2 * PI * z, "2 π z", r"2 \pi z"),
    (size(z), "|z|", r"\lvert z \rvert"),
    ((1 + size(z)) ** 2, "(1 + |z|)²", r"(1 + \lvert z \rvert)^{2}"),
    (size(z / a), "|z/a|", r"\biggl\lvert \frac{z}{a} \biggr\rvert"),
    (number(Fraction("0.044715")) * z**3, "0.044715 z³", "0.044715 z^{3}"),
    (number(Fraction("-1.702")) * z, "−1.702 z", "-1.702 z"),
    (number(Fraction(1, 3000)), "1/3000", r"\frac{1}{3000}"),
    # Fractions in brackets.
    (tanh(CUBIC), "tanh(√(2/π) (z + 0.044715 z³))", r"\tanh\biggl(\sqrt{\frac{2}{\pi}} (z + 0.044715 z^{3})\biggr)"),
    (
        HALF * z * (1 + erf(z / sqrt(TWO))),
        "(1/2) z (1 + erf(z/√2))",
        r"\frac{1}{2} z \biggl(1 + \operatorname{erf}\biggl(\frac{z}{\sqrt{2}}\biggr)\biggr)",
    ),
    (exp(-z) / LOW**2, "e^(−z)/(1 + e^(−z))²", r"\frac{e^{-z}}{(1 + e^{-z})^{2}}"),
    (a * (1 - a), "a (1 − a)", "a (1 - a)"),
    (ZERO * u - ONE * v, "0 · u − 1 · v", r"0 \cdot u - 1 \cdot v"),
    # Cases.
    (
        cases((ZERO, "<", z, z), otherwise=ZERO),
        "{z if z > 0; 0 otherwise}",
        r"\begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
]

DERIVATIVES = [
    (D(a), "a′", "a'"),
    (D(u / v), "(u/v)′", r"\left(\frac{u}{v}\right)'"),
    (D(u * v), "(u v)′", "(u v)'"),
    ((D(u) * v - u * D(v)) / v**2, "(u′ v − u v′)/v²", r"\frac{u' v - u v'}{v^{2}}"),
    (D(a) ** 2, "(a′)²", "(a')^{2}"),
    (D(z), "d/dz z", r"\frac{d}{dz} \, z"),
    (D(ONE), "d/dz 1", r"\frac{d}{dz} \, 1"),
    (D(-z), "d/dz (−z)", r"\frac{d}{dz} (-z)"),
    (D(exp(-z)), "d/dz e^(−z)", r"\frac{d}{dz} \, e^{-z}"),
    (D(LOW), "d/dz (1 + e^(−z))", r"\frac{d}{dz} (1 + e^{-z})"),
    (D(tanh(v)), "d/dz tanh v", r"\frac{d}{dz} \, \tanh v"),
    (D(exp(-z)) * v, "d/dz (e^(−z)) v", r"\frac{d}{dz} (e^{-z}) v"),
    (v * D(exp(-z)), "v d/dz e^(−z)", r"v \frac{d}{dz} \, e^{-z}"),
    (D(tanh(z)) * v, "d/dz (tanh z) v", r"\frac{d}{dz} (\tanh z) v"),
    (D(1 / LOW), "d/dz (1/(1 + e^(−z)))", r"\frac{d}{dz} \, \frac{1}{1 + e^{-z}}"),
    (D(HALF * z * u), "d/dz ((1/2) z u)", r"\frac{d}{dz} \biggl(\frac{1}{2} z u\biggr)"),
    # At a point, and from one side.
    (D(a, ZERO), "a′(0)", "a'(0)"),
    (D(a, u), "a′(u)", "a'(u)"),
    (D(a, ZERO, "left"), "a′₋(0)", "a'_{-}(0)"),
    (D(a, -lam, "right"), "a′₊(−λ)", r"a'_{+}(-\lambda)"),
    (D(symbol(Name("a", None, (1,))), ZERO, "right"), "a₁′₊(0)", "{a_1}'_{+}(0)"),
    (D(a, number(-1)), "(a′)|z=(−1)", r"\left.a'\right|_{z=-1}"),
    (D(alpha * (exp(z) - 1), ZERO), "(d/dz α (e^z − 1))|z=0", r"\left.\frac{d}{dz} \, \alpha (e^{z} - 1)\right|_{z=0}"),
    (D(z * a, ONE, "left"), "(d/dz z a)|z=1⁻", r"\left.\frac{d}{dz} \, z a\right|_{z=1^{-}}"),
    # Several variables.
    (D(ai, variable=zj), "∂aᵢ/∂zⱼ", r"\frac{\partial a_i}{\partial z_j}"),
    (D(exp(ai) / v, variable=zj), "∂/∂zⱼ (e^aᵢ/v)", r"\frac{\partial}{\partial z_j} \, \frac{e^{a_i}}{v}"),
    (a * D(ai, variable=zj), "a (∂aᵢ/∂zⱼ)", r"a \frac{\partial a_i}{\partial z_j}"),
    (D(a) + D(u, variable=w), "∂a/∂z + ∂u/∂w", r"\frac{\partial a}{\partial z} + \frac{\partial u}{\partial w}"),
    # A layer leaves no room for a prime, and d may be a letter.
    (D(symbol(Name("a", 1))), "da⁽¹⁾/dz", r"\frac{da^{(1)}}{dz}"),
    (D(symbol("d") * z), "d/dz (d z)", r"\frac{\mathrm{d}}{\mathrm{d}z} (d z)"),
]


@pytest.mark.parametrize(
    ("term", "text", "latex"), [*FUNCTIONS, *DERIVATIVES], ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_term_prints_exactly(term, text, latex):
    assert (render.text(term), render.latex(term)) == (text, latex)


def test_a_letter_e_is_no_exponential():
    assert render.text(exp(z) + symbol("e") ** 2) == "exp(z) + e²"
    assert render.latex(exp(z) + symbol("e")) == r"\exp(z) + e"


@pytest.mark.parametrize(("name", "term"), [("ln", log(z)), ("arctan", atan(z)), ("pi", PI)])
def test_names_that_read_as_a_function_are_refused(name, term):
    with pytest.raises(SymnetError, match=f"the name {name} and the .* would print alike; rename {name}"):
        render.text(term + symbol(name))
    with pytest.raises(SymnetError, match="would print alike"):
        render.latex(term + apply(name, z))


def test_a_parameter_has_no_prime_on_a_page_that_knows_what_is_defined():
    printer = Printer(TEXT, (), variables=[z.name], defined={a.name})
    assert [printer.write(D(t)) for t in (a, alpha, a * alpha)] == ["a′", "dα/dz", "(a α)′"]


# Nothing prints like something else.


def random_term(rng: random.Random, variable: Term, depth: int, inside: bool = False) -> Term:
    """Functions, arithmetic and derivatives, these not below one another."""
    if not depth:
        one = symbol(Name("a", None, (1,)))
        return rng.choice([variable, a, u, one, number(rng.randint(0, 2)), number(-rng.randint(1, 3)), HALF])

    def part(d: int = depth - 1) -> Term:
        return random_term(rng, variable, d, inside)

    def less() -> Term:
        return part(rng.randrange(depth))

    if not inside and rng.random() < 0.3:
        body, point = random_term(rng, variable, depth - 1, True), rng.choice([None, ZERO, number(-1), u, less()])
        return derivative(body, variable, point, rng.choice(["both", "both", "left", "right"]))
    if rng.random() < 0.25:
        return apply(rng.choice(["exp", "log", "sqrt", "sin", "tanh", "erf", "sigma"]), part())
    ways = [
        lambda: part() + less(),
        lambda: part() - less(),
        lambda: part() * less(),
        lambda: less() * part(),
        lambda: part() / (1 + less()),
        lambda: part() ** 2,
        lambda: -part(),
        lambda: multiply([part(), less(), less()]),
        lambda: size(less()),
    ]
    return rng.choice(ways)()


def canonical(term: Term):
    """What a term is when brackets in sums and products, and the sign of a number, do not count."""

    def combine(node, args):
        if node.op not in ("sum", "multiply"):
            return (node.op, tuple(args), node.value)
        parts = [p for arg in args for p in (arg[1] if arg[0] == node.op else (arg,))]
        if node.op == "multiply":
            value = Fraction(1)
            for op, _, carried in parts:
                value *= carried if op == "number" else 1
            parts = [p for p in parts if p[0] != "number"]
            parts = [("number", (), value), *parts] if value != 1 or not parts else parts
            if len(parts) == 1:
                return parts[0]
        return (node.op, tuple(parts), None)

    return fold(term, combine)


@pytest.mark.parametrize("variable", [z, zj], ids=["one variable", "indexed"])
@pytest.mark.parametrize("notation", [TEXT, LATEX], ids=["text", "latex"])
def test_terms_that_print_alike_are_alike(notation, variable):
    """Also when spaces do not count, as in a printed formula: a′(0) is no product."""
    rng, seen = random.Random(4), {}
    printer = Printer(notation, (), variables=[variable.name])
    for _ in range(2_500):
        term = random_term(rng, variable, rng.randint(1, 4))
        shown = re.sub(r"\\,| |\{\}", "", printer.write(term))
        assert canonical(seen.setdefault(shown, term)) == canonical(term), shown
    assert len(seen) > 1_500


DEEP = 5_000


@pytest.mark.parametrize(
    "wrap",
    [
        exp,
        lambda t: exp(-t),
        sqrt,
        log,
        lambda t: tanh(t) ** 2,
        lambda t: t * tanh(z),
        lambda t: tanh(z) * t,
        lambda t: exp(z / t),
        lambda t: D(a, t),
        lambda t: D(z * a, t, "left"),
        D,
    ],
)
def test_deep_terms_print(wrap):
    term = z
    for _ in range(DEEP):
        term = wrap(term)
    assert len(render.text(term)) > DEEP
    assert len(render.latex(term)) > DEEP
