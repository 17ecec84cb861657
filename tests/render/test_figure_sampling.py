"""Values for pictures against mpmath with many digits, and the strokes that are drawn through them."""

import contextlib
import math
import random
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
import pytest

from symnet.errors import UsageError
from symnet.render import sampling
from symnet.render.sampling import Function, value_of
from symnet.render.tracing import Stroke, grid, strokes
from symnet.term import KNOWN, Term, apply, cases, constant, derivative, multiply, number, symbol, total

z, alpha = symbol("z"), symbol("alpha")
ZERO, ONE = number(0), number(1)


def exp(argument: Term) -> Term:
    return apply("exp", argument)


def sign(argument: Term) -> Term:
    return cases((ZERO, "<", argument, ONE), (argument, "<", ZERO, number(-1)), otherwise=ZERO)


class Ambiguous(Exception):
    """Something is so close to 0 that 300 bits cannot tell whether it is."""


def clear(value: Any) -> Any:
    if value and abs(value) < 1e-60:
        raise Ambiguous
    return value


def truth(term: Term, x: float) -> Any:
    """The value with 300 bits, None where there is none. Another evaluator: recursive, and of the arm taken only."""
    context = mpmath.mp.clone()
    context.prec = 300

    def value(node: Term) -> Any:
        if node.op == "cases":
            for i, relation in enumerate(node.value):
                gap = clear(value(node.args[3 * i + 1]) - value(node.args[3 * i]))
                if gap > 0 if relation == "<" else gap >= 0:
                    return value(node.args[3 * i + 2])
            return value(node.args[-1])
        args = [value(a) for a in node.args]
        if node.op == "divide":
            clear(args[1])
        name = node.value.base if node.op == "apply" else ""
        if name in ("log", "sqrt") and (clear(args[0]) < 0 or (name == "log" and args[0] == 0)):
            raise ZeroDivisionError
        return {
            "number": lambda: context.mpf(node.value.numerator) / node.value.denominator,
            "symbol": lambda: context.mpf(x),
            "constant": lambda: +context.pi,
            "sum": lambda: context.fsum(args),
            "multiply": lambda: context.fprod(args),
            "power": lambda: args[0] ** node.value,
            "divide": lambda: args[0] / args[1],
            "apply": lambda: getattr(context, node.value.base)(args[0]),
        }[node.op]()

    try:
        return value(term)
    except ZeroDivisionError:
        return None


def agrees(found: float, expected: Any) -> bool:
    if expected is None:
        return math.isnan(found)
    return abs(found - expected) <= 2e-9 * abs(expected) + 2e-10


FUNCTIONS = {
    "sigmoid": 1 / (1 + exp(-z)),
    "sigmoid by e^z": exp(z) / (exp(z) + 1),
    "stable sigmoid": cases((ZERO, "<=", z, 1 / (1 + exp(-z))), otherwise=exp(z) / (1 + exp(z))),
    "tanh by exp": (exp(z) - exp(-z)) / (exp(z) + exp(-z)),
    "softplus": apply("log", 1 + exp(z)),
    "mish": z * apply("tanh", apply("log", 1 + exp(z))),
    "gelu": number(Fraction(1, 2)) * z * (1 + apply("erf", z / apply("sqrt", number(2)))),
    "gauss": exp(-(z**2) / 2) / apply("sqrt", 2 * constant("pi")),
    "log": apply("log", z),
    "root": apply("sqrt", z * z - 1),
    "pole": 1 / (z**2 - 4),
    "cancels": (1 - apply("cos", z / 10**9)) / (z / 10**9) ** 2,
    "far out": exp(1000 * z) / (1 + exp(1000 * z)),
    "sign": sign(z),
    "arctan": apply("atan", 3 * z + Fraction(1, 7)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_at_random_points(name: str) -> None:
    points = random.Random(name)
    function = Function(FUNCTIONS[name], z)
    for x in [points.uniform(-5, 5) for _ in range(40)] + [points.uniform(-1000, 1000) for _ in range(10)]:
        assert agrees(function(x), truth(FUNCTIONS[name], x)), x


def random_term(choice: random.Random, depth: int) -> Term:
    if depth == 0:
        return choice.choice([z, z, number(Fraction(choice.randint(-9, 9), choice.randint(1, 9))), constant("pi")])
    a, b, c, d = (random_term(choice, choice.randrange(depth)) for _ in range(4))
    return choice.choice(
        [
            lambda: a + b,
            lambda: a * b,
            lambda: a / b,
            lambda: a ** choice.randrange(4),
            lambda: apply(choice.choice(KNOWN), a),
            lambda: cases((a, choice.choice(["<", "<="]), b, c), otherwise=d),
        ]
    )()


def test_values_of_random_terms() -> None:
    """An undefined arm that is not reached does no harm; what is undefined is nan; everything else is right."""
    choice, checked = random.Random(4), 0
    for _ in range(300):
        term = random_term(choice, 4)
        function = Function(term, z)
        for x in (choice.uniform(-3, 3), 0.0, 1.0):
            with contextlib.suppress(Ambiguous):
                expected = truth(term, x)
                if expected is None or abs(expected) < 1e300:
                    assert agrees(function(x), expected), (term, x)
                    checked += 1
    assert checked > 800


@pytest.mark.parametrize("x", [-1000.0, -745.5, 0.0, 745.5, 1000.0, 1e8])
def test_no_form_of_the_sigmoid_overflows(x: float) -> None:
    for name in ("sigmoid", "sigmoid by e^z", "stable sigmoid"):
        assert agrees(Function(FUNCTIONS[name], z)(x), truth(FUNCTIONS["stable sigmoid"], x)), name


def test_what_rounding_takes_away_comes_back() -> None:
    far = 2**52
    assert Function(z + far + number(-far), z)(1.25) == 1.25
    lost = exp(z) * exp(z)
    assert Function(lost / lost, z)(-400) == 1


def test_undefined_points_are_nan() -> None:
    for term in (1 / z, apply("log", z), apply("log", -(z**2)), apply("sqrt", z - 1), 1 / (z - z), z / z):
        assert math.isnan(Function(term, z)(0))


def test_a_derivative_lives_where_its_function_does() -> None:
    inside = Function(apply("log", z), z)
    assert math.isnan(Function(1 / z, z, within=inside)(-1))
    assert Function(1 / z, z, within=inside)(2) == 0.5


def test_at_a_threshold_the_relation_decides() -> None:
    tenth = number(Fraction(1, 10))
    closed = cases((tenth * 10, "<=", z, ONE), otherwise=ZERO)
    opened = cases((tenth * 10, "<", z, ONE), otherwise=ZERO)
    assert [Function(t, z)(1) for t in (closed, opened)] == [1, 0]
    assert [Function(closed, z)(x) for x in (1 - 1e-9, 1 + 1e-9)] == [0, 1]


def test_parameters_have_values() -> None:
    assert value_of(-alpha / 3, {alpha: Fraction(1)}) == pytest.approx(-1 / 3)
    with pytest.raises(UsageError, match="alpha needs a number"):
        Function(alpha * z, z)


def test_depth_is_no_problem() -> None:
    term: Term = z
    for _ in range(1000):
        term = apply("tanh", term) + ONE
    assert Function(term, z)(1) == pytest.approx(1.9615, abs=1e-3)


@pytest.mark.parametrize(
    ("term", "message"),
    [
        (apply("foo", z), "nothing is known"),
        (derivative(z * z, z), "derivative cannot be drawn"),
        (z ** (10**400), "at most 64"),
        (total(apply("exp", z + k) for k in range(2000)), "distinct parts"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(term: Term, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        Function(term, z)
    assert "\n" not in str(caught.value)


def test_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "WORK", 20_000)
    doubt = multiply((exp(z + k) - exp(z) * exp(number(k))) * 10**30 for k in range(50))
    function = Function(1 / doubt, z)
    with pytest.raises(UsageError, match="too hard to draw"):
        [function(k / 400) for k in range(400)]


# Strokes.

WINDOW = (-5.0, 5.0)


def traced(term: Term, view: tuple[float, float], breaks: tuple[float, ...] = ()) -> list[Stroke]:
    function = Function(term, z)
    return strokes(function, grid(WINDOW, breaks), view, function.points)


def ends(found: list[Stroke]) -> list[tuple[float, float]]:
    return [(stroke[0][0], stroke[-1][0]) for stroke in found]


def test_a_stroke_stays_close_to_its_curve() -> None:
    sine = traced(apply("sin", 7 * z), (-1, 1))
    assert len(sine) == 1
    for (x, y), (u, v) in pairwise(sine[0]):
        assert abs(y - math.sin(7 * x)) < 1e-9
        assert abs((y + v) / 2 - math.sin(7 * (x + u) / 2)) < 5e-3


def test_a_straight_line_has_two_points() -> None:
    assert traced(2 * z, (-10, 10)) == [((-5, -10), (5, 10))]


def test_a_break_lifts_the_pen_and_points_stand_on_both_sides() -> None:
    found = traced(cases((ZERO, "<=", z, z), otherwise=ZERO), (0, 5), breaks=(0.0,))
    (start, left), (right, end) = ends(found)
    assert (start, end) == WINDOW
    assert -1e-7 < left < 0 < right < 1e-7


@pytest.mark.parametrize(
    ("term", "where"),
    [
        (cases((number(Fraction(1, 3)), "<=", z, ONE), otherwise=ZERO), [1 / 3]),
        (1 / z, [0]),
        (1 / (z - Fraction(1, 3)), [1 / 3]),
        (apply("sin", z) / apply("cos", z), [-1.5 * math.pi, -math.pi / 2, math.pi / 2, 1.5 * math.pi]),
    ],
)
def test_jumps_and_poles_that_nobody_named_lift_the_pen(term: Term, where: list[float]) -> None:
    found = ends(traced(term, (-7, 7)))
    assert [left for _, left in found[:-1]] == pytest.approx(where, abs=1e-7)
    assert [right for right, _ in found[1:]] == pytest.approx(where, abs=1e-7)


@pytest.mark.parametrize(("term", "start"), [(apply("log", z), 0), (apply("sqrt", z - 1), 1)])
def test_a_curve_begins_where_its_function_does(term: Term, start: float) -> None:
    ((left, right),) = ends(traced(term, (-3, 3)))
    assert (left, right) == pytest.approx((start, 5), abs=1e-7)


def test_the_points_are_bounded_however_wild_the_function() -> None:
    function: Callable[[float], float] = lambda x: math.sin(1e6 * x)  # noqa: E731
    assert sum(map(len, strokes(function, grid(WINDOW), (-1, 1), 1000))) < 1500
