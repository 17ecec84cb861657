"""Derivations of derivatives by hand, replayed by the kernel, for the tests of this room."""

from fractions import Fraction

from symnet.kernel import Replayed, Session
from symnet.term import Definition, Step, Term, apply, cases, constant, derivative, number, symbol

z, alpha, beta = map(symbol, ("z", "alpha", "beta"))
a, u, v, x, y = map(symbol, "auvxy")
ZERO, ONE, TWO = map(number, range(3))
HALF = number(Fraction(1, 2))
PI = constant("pi")


def exp(t: Term) -> Term:
    return apply("exp", t)


def log(t: Term) -> Term:
    return apply("log", t)


def erf(t: Term) -> Term:
    return apply("erf", t)


def sqrt(t: Term) -> Term:
    return apply("sqrt", t)


def D(body: Term, point: Term | None = None, side: str = "both") -> Term:
    return derivative(body, z, point, side)


class Writing:
    """Definitions, then steps; each returns the number of its line."""

    def __init__(self, *definitions: tuple[Term, Term]) -> None:
        self.session = Session()
        for letter, body in definitions:
            self.session.define(Definition(letter, body))

    def __call__(self, rule: str, premises: tuple[int, ...] = (), *terms: Term) -> int:
        self.session.conclude(Step(rule, premises, terms))
        return len(self.session.lines) - 1

    def run(self, *steps: tuple, after: int | None = None) -> int:
        """Steps that each go on from the one before."""
        line = after
        for rule, *terms in steps:
            line = self(rule, () if line is None else (line,), *terms)
        return line

    def replayed(self, *goals: int) -> Replayed:
        return self.session.finish(goals)


def sigmoid() -> Replayed:
    """σ′ = a (1 − a), with u and v as course notes have them; u′ and v′ come where they are needed."""
    low, s = 1 + exp(-z), 1 / (1 + exp(-z))
    write = Writing((u, ONE), (v, low), (a, u / v))
    quotient = write.run(("start", D(a)), ("unfold", a), ("differentiate", D(u / v)))
    du = write.run(("start", D(u)), ("unfold", u), ("differentiate", D(ONE)))
    dv = write.run(("start", D(v)), ("unfold", v), ("differentiate", D(low), D(ONE), D(exp(-z)), D(-z)))
    dv = write("regroup", (dv,), -exp(-z))
    slope = write.run(("unfold", u, v), ("regroup", exp(-z) / low**2), after=write("substitute", (quotient, du, dv)))
    product = write("elementary", (slope,), s * (1 - s))
    value = write.run(("start", a), ("unfold", a), ("unfold", u, v), ("symmetry",))
    return write.replayed(write("discharge", (slope,)), write("discharge", (write("substitute", (product, value)),)))


def tanh() -> Replayed:
    """tanh′ = 1 − a², from the exponentials."""
    up, down = exp(z) - exp(-z), exp(z) + exp(-z)
    write = Writing((u, up), (v, down), (a, u / v))
    primes = []
    for letter, body, prime in ((u, up, down), (v, down, up)):
        line = write.run(("start", D(letter)), ("unfold", letter))
        line = write("differentiate", (line,), D(body), D(exp(z)), D(-exp(-z)), D(exp(-z)), D(-z))
        primes.append(write("regroup", (line,), prime))
    line = write.run(("start", D(a)), ("unfold", a), ("differentiate", D(u / v)))
    line = write("unfold", (write("substitute", (line, *primes)),), u, v)
    line = write("elementary", (line,), 1 - (up / down) ** 2)
    value = write.run(("start", a), ("unfold", a), ("unfold", u, v), ("symmetry",))
    return write.replayed(write("discharge", (write("substitute", (line, value)),)))


def elu() -> Replayed:
    """Both branches, h′ in a, and the two slopes at 0."""
    low = alpha * (exp(z) - 1)
    h = cases((ZERO, "<", z, z), otherwise=low)
    write = Writing((a, h))
    right = write.run(("start", a), ("unfold", a), ("choose", h, ZERO))
    left = write.run(("start", a), ("unfold", a), ("choose", h, ONE))
    begin = write.run(("start", D(a)), ("unfold", a))
    above = write.run(("choose", h, ZERO), ("differentiate", D(z)), ("discharge",), after=begin)
    below = write("choose", (begin,), h, ONE)
    below = write("differentiate", (below,), D(low), D(exp(z) - 1), D(exp(z)), D(-ONE))
    below = write("regroup", (below,), alpha * exp(z))
    shown = write("discharge", (below,))
    in_output = write("regroup", (below,), low + alpha)
    in_output = write("discharge", (write("substitute", (in_output, write("symmetry", (left,)))),))
    kink = cases((ZERO, "<", ZERO, ZERO), otherwise=alpha * (exp(ZERO) - 1))
    value = write.run(("start", kink), ("choose", kink, ONE), ("elementary", ZERO))
    rising = write("differentiate", (write("one_sided", (right, value), D(a, ZERO, "right")),), D(z, ZERO))
    falling = write("one_sided", (left,), D(a, ZERO, "left"))
    inner = [D(body, ZERO) for body in (low, exp(z) - 1, exp(z), -ONE)]
    falling = write.run(("differentiate", *inner), ("elementary", alpha), after=falling)
    return write.replayed(above, shown, in_output, value, falling, rising)


def gelu() -> Replayed:
    """The product rule, the chain rule, and erf."""
    inner = z / sqrt(TWO)
    body = HALF * z * (1 + erf(inner))
    write = Writing((u, 1 + erf(inner)), (a, body))
    du = write.run(("start", D(u)), ("unfold", u))
    du = write("differentiate", (du,), D(1 + erf(inner)), D(ONE), D(erf(inner)), D(inner))
    du = write("elementary", (du,), sqrt(TWO) * exp(-(z**2) / 2) / sqrt(PI))
    line = write.run(("start", D(a)), ("unfold", a), ("fold", u), ("differentiate", D(HALF * z * u), D(HALF * z)))
    line = write("unfold", (write("substitute", (line, du)),), u)
    result = HALF * (1 + erf(inner)) + z * exp(-(z**2) / 2) / sqrt(2 * PI)
    return write.replayed(write("discharge", (write("elementary", (line,), result),)))


def softplus() -> Replayed:
    """With a parameter that may not be 0."""
    body = log(1 + exp(beta * z)) / beta
    write = Writing((a, body))
    line = write.run(("start", D(a)), ("unfold", a))
    parts = (body, log(1 + exp(beta * z)), 1 + exp(beta * z), ONE, exp(beta * z), beta * z)
    line = write("differentiate", (line,), *map(D, parts))
    return write.replayed(write("discharge", (write("elementary", (line,), 1 / (1 + exp(-beta * z))),)))


def properties() -> Replayed:
    """0 < a < 1, a′ > 0, a increases; tanh increases and is bounded; |z| ≥ 0."""
    low = 1 + exp(-z)
    s, size = 1 / low, cases((ZERO, "<=", z, z), otherwise=-z)
    write = Writing((a, s))
    above = write.run(("start", a), ("unfold", a), ("sign",), ("discharge",))
    below = write.run(("start", 1 - a), ("unfold", a), ("elementary", exp(-z) / low), ("sign",), ("discharge",))
    slope = write.run(("start", D(a)), ("unfold", a))
    slope = write("differentiate", (slope,), D(s), D(ONE), D(low), D(exp(-z)), D(-z))
    slope = write("elementary", (slope,), s * (1 - s))
    slope = write("substitute", (slope, write.run(("start", a), ("unfold", a), ("symmetry",))))
    rises = write("discharge", (write("sign", (slope, above, below)),))
    grows = write("mean_value", (rises,), x, y)
    order = write("suppose", (), y - x)
    also = write("monotone", (order,), apply("tanh", y) - apply("tanh", x))
    bound = write("bounded", (), 1 - apply("tanh", z))
    begin = write("start", (), size)
    right = write("sign", (write("choose", (begin,), size, ZERO), write("suppose_weakly", (), z)))
    left = write("choose", (begin,), size, ONE)
    left = write("sign", (left, write("suppose", (), -z)))
    return write.replayed(above, below, rises, grows, also, bound, right, left)


DERIVATIVES = {
    "sigmoid": sigmoid,
    "tanh": tanh,
    "elu": elu,
    "gelu": gelu,
    "softplus": softplus,
    "properties": properties,
}
