"""What a picture shows: strokes, circles, bounds, heights and titles."""

from fractions import Fraction
from itertools import pairwise

import pytest

from symnet.errors import UsageError
from symnet.render.drawing import Drawing, Mark, drawing
from symnet.render.figure import Figure, Interval, Kink
from symnet.term import Term, apply, cases, constant, number, symbol

z, alpha, lam = symbol("z"), symbol("alpha"), symbol("lambda")
ZERO, ONE = number(0), number(1)


def exp(argument: Term) -> Term:
    return apply("exp", argument)


def from_zero(value: Term, otherwise: Term, relation: str = "<=") -> Term:
    return cases((ZERO, relation, z, value), otherwise=otherwise)


def elu(value: int) -> Figure:
    corner = (Kink(ZERO, ZERO, ZERO, ZERO, alpha, ONE),)
    return Figure(
        "ELU",
        z,
        from_zero(z, alpha * (exp(z) - 1)),
        from_zero(ONE, alpha * exp(z)),
        {alpha: Fraction(value)},
        corner,
        Interval(-alpha, None),
    )


SIGMA = 1 / (1 + exp(-z))
HARD = cases((lam, "<", z, z), (z, "<", -lam, z), otherwise=ZERO)
FIGURES = {
    "sigmoid": Figure(
        "sigmoid",
        z,
        SIGMA,
        SIGMA * (1 - SIGMA),
        range=Interval(ZERO, ONE),
        derivative_range=Interval(ZERO, number(Fraction(1, 4)), upper_closed=True),
    ),
    "relu": Figure(
        "ReLU",
        z,
        from_zero(z, ZERO),
        from_zero(ONE, ZERO, "<"),
        kinks=(Kink(ZERO, ZERO, ZERO, ZERO, ZERO, ONE),),
        range=Interval(ZERO, None, lower_closed=True),
    ),
    "step": Figure(
        "step",
        z,
        from_zero(ONE, ZERO),
        ZERO,
        kinks=(Kink(ZERO, ONE, ZERO, ONE, None, ZERO),),
        range=Interval(ZERO, ONE),
    ),
    "elu 1": elu(1),
    "elu 2": elu(2),
    "hardshrink": Figure(
        "Hardshrink",
        z,
        HARD,
        cases((lam, "<", z, ONE), (z, "<", -lam, ONE), otherwise=ZERO),
        {lam: Fraction(1, 2)},
        (Kink(-lam, ZERO, -lam, ZERO, None, ZERO), Kink(lam, ZERO, ZERO, lam, ZERO, None)),
    ),
    "inverse": Figure("1/z", z, 1 / z, -1 / z**2),
    "exp": Figure("exp", z, exp(z), exp(z)),
    "log": Figure("log", z, apply("log", z), 1 / z),
}


def drawn(name: str) -> Drawing:
    return drawing(FIGURES[name])


def spans(curve: str, name: str) -> list[tuple[float, float]]:
    found = getattr(drawn(name), curve).strokes
    return [(round(s[0][0], 6), round(s[-1][0], 6)) for s in found]


@pytest.mark.parametrize(
    ("name", "h", "slope"),
    [
        ("sigmoid", [(-5, 5)], [(-5, 5)]),
        ("relu", [(-5, 5)], [(-5, 0), (0, 5)]),  # h is bent, and h′ jumps
        ("step", [(-5, 0), (0, 5)], [(-5, 0), (0, 5)]),
        ("hardshrink", [(-5, -0.5), (-0.5, 0.5), (0.5, 5)], [(-5, -0.5), (-0.5, 0.5), (0.5, 5)]),
        ("inverse", [(-5, 0), (0, 5)], [(-5, 0), (0, 5)]),
        ("log", [(0, 5)], [(0, 5)]),
    ],
)
def test_curves_break_where_they_should(name: str, h: list[object], slope: list[object]) -> None:
    assert spans("function", name) == h
    assert spans("derivative", name) == slope


def marks(name: str) -> tuple[set[tuple[float, float, bool]], set[tuple[float, float, bool]]]:
    def rounded(found: tuple[Mark, ...]) -> set[tuple[float, float, bool]]:
        return {(round(m.x, 6), round(m.y, 6), m.filled) for m in found}

    return rounded(drawn(name).function.marks), rounded(drawn(name).derivative.marks)


@pytest.mark.parametrize(
    ("name", "h", "slope"),
    [
        ("sigmoid", set(), set()),
        ("relu", {(0, 0, True)}, {(0, 0, False), (0, 1, False)}),
        ("step", {(0, 1, True), (0, 0, False)}, {(0, 0, False)}),
        ("elu 2", {(0, 0, True)}, {(0, 2, False), (0, 1, False)}),
        ("elu 1", {(0, 0, True)}, set()),  # a kink that is none: h′ is 1 from both sides
        (
            "hardshrink",
            {(-0.5, 0, True), (-0.5, -0.5, False), (0.5, 0, True), (0.5, 0.5, False)},
            {(x, y, False) for x in (-0.5, 0.5) for y in (0, 1)},
        ),
    ],
)
def test_circles_are_filled_where_the_value_is(name: str, h: object, slope: object) -> None:
    assert marks(name) == (h, slope)


def test_a_kink_outside_the_window_is_not_drawn() -> None:
    relu = FIGURES["relu"]
    shown = drawing(Figure("ReLU", z, relu.function, relu.derivative, kinks=relu.kinks, window=(1, 2)))
    assert shown.function.marks == shown.derivative.marks == ()


def labels(figure: Figure) -> list[str]:
    shown = drawing(figure)
    return [level.label for curve in (shown.function, shown.derivative) for level in curve.levels]


def test_bounds_say_whether_they_are_taken() -> None:
    assert labels(FIGURES["sigmoid"]) == ["h > 0", "h < 1", "h' > 0", r"h' \leq \frac{1}{4}"]
    assert labels(elu(2)) == [r"h > -\alpha"]
    line = Figure("line", z, 2 * z, number(2), derivative_range=Interval(number(2), number(2), True, True))
    assert labels(line) == ["h' = 2"]


def test_a_long_bound_is_cut_decimals() -> None:
    long = sum((number(Fraction(1, k)) * apply("erf", number(k)) for k in range(2, 9)), ONE)
    (label,) = labels(Figure("sine", z, apply("sin", z), apply("cos", z), range=Interval(None, long)))
    assert label == r"h < 2.715\ldots"
    (label,) = labels(Figure("sine", z, apply("sin", z), ZERO, range=Interval(number(Fraction(-16997, 100000)), None)))
    assert label == r"h > -0.169\ldots"
    (label,) = labels(Figure("sine", z, apply("sin", z), ZERO, range=Interval(number(Fraction(-1, 8192)), None)))
    assert label == r"h > -1.220\ldots \cdot 10^{-4}"


def test_a_bound_that_has_no_value_is_left_out() -> None:
    assert labels(Figure("sine", z, apply("sin", z), ZERO, range=Interval(apply("log", ZERO), ONE / ZERO))) == []


def test_labels_do_not_meet() -> None:
    shown = drawn("sigmoid")
    levels = sorted(level.label_height for c in (shown.function, shown.derivative) for level in c.levels)
    gap = min(b - a for a, b in pairwise(levels))
    assert gap > 0.099 * (shown.view[1] - shown.view[0])
    # Below one another where their bounds are the same, and h above.
    assert shown.function.levels[0].label_height > 0 > shown.derivative.levels[0].label_height


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("sigmoid", -0.1, 1.1), ("relu", -0.5, 5.5), ("exp", -1, 9), ("inverse", -9, 9), ("log", -5, 9)],
)
def test_the_view_shows_the_curve_and_not_its_runaway_end(name: str, low: float, high: float) -> None:
    bottom, top = drawn(name).view
    assert low < bottom < 0 < 1 <= top < high


def test_a_tall_function_is_shown_whole() -> None:
    bottom, top = drawing(Figure("tall", z, 1000 * SIGMA, 1000 * SIGMA * (1 - SIGMA))).view
    assert bottom < 10
    assert 990 < top < 1100


def test_nothing_is_drawn_far_outside_the_view() -> None:
    for name in ("exp", "inverse", "log"):
        shown = drawn(name)
        height = shown.view[1] - shown.view[0]
        heights = [y for curve in (shown.function, shown.derivative) for s in curve.strokes for _, y in s]
        assert shown.view[0] - height <= min(heights) <= max(heights) <= shown.view[1] + height


def test_the_numbers_of_the_parameters_are_in_the_title() -> None:
    assert drawn("elu 2").title == "ELU, α = 2"
    assert drawn("hardshrink").title == "Hardshrink, λ = 1/2"


def test_a_title_is_one_short_line() -> None:
    title = drawing(Figure("a\n\x00b" * 100, z, z, ONE)).title
    assert title.startswith("a ba b")
    assert len(title) == 60


def test_a_function_that_is_nowhere_is_refused() -> None:
    with pytest.raises(UsageError, match="undefined everywhere"):
        drawing(Figure("nowhere", z, apply("log", -(z**2) - 1), z))


@pytest.mark.parametrize(
    "window", [(1, 1), (2, 1), (0, float("inf")), (float("nan"), 1), (1e9, 1e9 + 1), (0, 1e-200), (-1e308, 1e308)]
)
def test_a_window_is_an_interval(window: tuple[float, float]) -> None:
    with pytest.raises(UsageError, match="window"):
        Figure("line", z, z, ONE, window=window)


def test_extremes_have_a_view_all_the_same() -> None:
    for function in (z**1000, number(10**300) * z, number(Fraction(1, 10**300)) * z, z - z, constant("pi") * 10**150):
        bottom, top = drawing(Figure("extreme", z, function, ZERO)).view
        assert bottom < top
