"""The facts about every scalar row of the table and about some other functions, written down by hand.

A line has the facts in order: the range of h, that of h′, the limits at −∞ and ∞, parity, monotony, and the least
Lipschitz constant. All of it is proved, but for what stands after ``⊂`` (that all values are in it is proved, that
they are all of it is numerical) or ``~`` (numerical). The domain is the whole line where none is given.
"""

from __future__ import annotations

from functools import cache

from symnet.activations import ACTIVATIONS, find
from symnet.prove.derivative import Derivative, derive
from symnet.prove.properties import BOUND, CONTAINED, NUMERICAL, PROVED, Estimate, Infinite, Interval, Property, Values
from symnet.prove.properties import properties as find_properties
from symnet.reader.plain import write_text
from symnet.reader.text import read_text
from symnet.term import Condition, Term, symbol

Z = symbol("z")
SCALAR = [name for name, row in ACTIVATIONS.items() if not row.vector and not row.arbitrary]

PIECEWISE = """
step        | {0, 1} | {0} | 0, 1 | nondecreasing
sign        | {-1, 0, 1} | {0} | -1, 1 | odd | nondecreasing
relu        | [0, ∞) | {0, 1} | 0, ∞ | nondecreasing | 1
relu6       | [0, 6] | {0, 1} | 0, 6 | nondecreasing | 1
leaky_relu  | (-∞, ∞) | {alpha, 1} | -∞, ∞ | increasing | 1
prelu       | (-∞, ∞) if alpha > 0 | {alpha, 1} | -∞ if alpha > 0, ∞ if alpha > 0 | increasing if alpha > 0 | \
max(abs(alpha), 1)
rrelu       | (-∞, ∞) | {(alpha_1 + alpha_2)/2, 1} | -∞, ∞ | increasing | 1
elu         | (-alpha, ∞) | (0, alpha) ∪ {1} | -alpha, ∞ | increasing | max(alpha, 1)
celu        | (-alpha, ∞) | (0, 1] | -alpha, ∞ | increasing | 1
selu        | (-lambda*alpha, ∞) | (0, lambda*alpha) ∪ {lambda} | -lambda*alpha, ∞ | increasing | \
max(lambda*alpha, lambda)
threshold   | (theta, ∞) ∪ {c} | {0, 1} | c, ∞
hardtanh    | [m, M] | {0, 1} | m, M | nondecreasing | 1
hardsigmoid | [0, 1] | {0, 1/6} | 0, 1 | nondecreasing | 1/6
hardswish   | [-3/8, ∞) | (-1/2, 3/2) | 0, ∞ | 3/2
hardshrink  | (-∞, -lambda) ∪ {0} ∪ (lambda, ∞) | {0, 1} | -∞, ∞ | odd | nondecreasing
softshrink  | (-∞, ∞) | {0, 1} | -∞, ∞ | odd | nondecreasing | 1
softsign    | (-1, 1) | (0, 1] | -1, 1 | odd | increasing | 1
"""

SMOOTH = """
identity      | (-∞, ∞) | {1} | -∞, ∞ | odd | increasing | 1
affine        | (-∞, ∞) if alpha > 0 | {alpha} | -∞ if alpha > 0, ∞ if alpha > 0 | increasing if alpha > 0 | abs(alpha)
sigmoid       | (0, 1) | (0, 1/4] | 0, 1 | increasing | 1/4
logsigmoid    | (-∞, 0) | (0, 1) | -∞, 0 | increasing | 1
tanh          | (-1, 1) | (0, 1] | -1, 1 | odd | increasing | 1
tanhshrink    | ~ (-∞, ∞) | [0, 1) | ~ -∞, ~ ∞ | odd | increasing | 1
softplus      | (0, ∞) | (0, 1) | 0, ∞ | increasing | 1
squareplus    | (0, ∞) | (0, 1) | 0, ∞ | increasing | 1
silu          | ~ [-0.2784645427…, ∞) | ~ [-0.09983932012…, 1.099839320…] | ~ 0, ~ ∞ | ~ 1.099839320…
mish          | ~ [-0.3088434130…, ∞) | ~ [-0.1125261223…, 1.088498161…] | ~ 0, ~ ∞ | ~ 1.088498161…
gelu          | ~ [-0.1699712074…, ∞) | [(1 + erf(-1))/2 - (exp(-1)/sqrt(pi)), (1 + erf(1))/2 + exp(-1)/sqrt(pi)] | \
~ 0, ~ ∞ | (1 + erf(1))/2 + exp(-1)/sqrt(pi)
gelu_tanh     | ~ [-0.1700407505…, ∞) | ~ [-0.1289930686…, 1.128993068…] | ~ 0, ~ ∞ | ~ 1.128993068…
gaussian      | (0, 1] | [-exp(-1/2)*sqrt(2), exp(-1/2)*sqrt(2)] | 0, 0 | even | exp(-1/2)*sqrt(2)
sine          | [-1, 1] | [-1, 1] | odd | 1
arctan        | ⊂ (-(pi/2), pi/2) | (0, 1] | ~ -(pi/2), ~ pi/2 | odd | increasing | 1
exponential   | (0, ∞) | (0, ∞) | 0, ∞ | increasing
bent_identity | (-∞, ∞) | (1/2, 3/2) | -∞, ∞ | increasing | 3/2
isru          | (-(1/sqrt(alpha)), 1/sqrt(alpha)) | (0, 1] | -(1/sqrt(alpha)), 1/sqrt(alpha) | odd | increasing | 1
"""

OTHERS = """
z*atan(z)           | ⊂ [0, ∞) | ~ (-(pi/2), pi/2) | ~ ∞, ~ ∞ | even | ~ pi/2
log(1 + z^2)        | [0, ∞) | [-1, 1] | ∞, ∞ | even | 1
exp(-z^2)*tanh(z)   | ~ [-0.3752610283…, 0.3752610283…] | ~ [-0.4182556086…, 1] | ~ 0, ~ 0 | odd | ~ 1
z/(1+exp(-1.702*z)) | ~ [-0.1636101896…, ∞) | ~ [-0.09983932012…, 1.099839320…] | ~ 0, ~ ∞ | ~ 1.099839320…
3/(1 + exp(-2*z))   | (0, 3) | (0, 3/2] | 0, 3 | increasing | 3/2
1/z                 | (-∞, 0) ∪ (0, ∞) | (-∞, 0) ∪ (0, ∞) | (-∞, 0) | 0, 0 | odd | decreasing piecewise
log(z)              | (0, ∞) | (-∞, ∞) | (0, ∞) | none, ∞ | increasing
sqrt(z)             | [0, ∞) | [0, ∞) | (0, ∞) | none, ∞ | increasing
log(1 - z^2)        | (-1, 1) | (-∞, 0] | ~ (-∞, ∞) | even
sin(z)/cos(z)       | where the conditions hold | odd
abs(z)              | [0, ∞) | {-1, 1} | ∞, ∞ | even | 1
max(0, z) + z       | (-∞, ∞) | {1, 2} | -∞, ∞ | increasing | 2
z^2 + z + 1         | [3/4, ∞) | (-∞, ∞) | ∞, ∞
1/(1 + z^2)         | (0, 1] | [-(3*sqrt(3)/8), 3*sqrt(3)/8] | 0, 0 | even | 3*sqrt(3)/8
k*z + c             | (-∞, ∞) if k > 0 | {k} | -∞ if k > 0, ∞ if k > 0 | increasing if k > 0 | abs(k)
sin(z) + z          | ~ (-∞, ∞) | [0, 2] | ~ -∞, ~ ∞ | odd | ~ increasing | 2
"""

#: Functions with which one could go wrong: holes, ends that jump, flat places, letters whose sign is open.
AWKWARD = """
sin(1/z)            | (-∞, 0) ∪ (0, ∞) | odd
abs(abs(z) - 1)     | [0, ∞) | {-1, 1} | ∞, ∞ | even | ~ 1
z^3 - 3*z           | ~ (-∞, ∞) | [-3, ∞) | ~ -∞, ~ ∞ | odd
(z^2 - 2)/(z - 1)   | (-∞, 1) ∪ (1, ∞) | (-∞, ∞) | (1, ∞) | -∞, ∞ | increasing piecewise
(z^2 - 1)/(z - 1)   | (-∞, 1) ∪ (1, ∞) | (-∞, 2) ∪ (2, ∞) | {1} | -∞, ∞ | increasing piecewise
z^2/z               | (-∞, 0) ∪ (0, ∞) | (-∞, 0) ∪ (0, ∞) | {1} | -∞, ∞ | odd | increasing piecewise
z/z                 | (-∞, 0) ∪ (0, ∞) | {1} | {0} | 1, 1 | even | constant piecewise
abs(z)/z            | (-∞, 0) ∪ (0, ∞) | {-1, 1} | {0} | -1, 1 | odd | constant piecewise
exp(-1/z^2)         | (-∞, 0) ∪ (0, ∞) | (0, 1) | \
~ [-(3*exp(-3/2)*sqrt(3)/sqrt(2)), 0) ∪ (0, 3*exp(-3/2)*sqrt(3)/sqrt(2)] | 1, 1 | even
sqrt(z)*log(z)      | (0, ∞) | ⊂ [-2*sqrt(exp(-2)), ∞) | ⊂ (-∞, 1] | none, ~ ∞
log(abs(z))         | (-∞, 0) ∪ (0, ∞) | (-∞, ∞) | (-∞, 0) ∪ (0, ∞) | ∞, ∞ | even
1/sqrt(z)           | (0, ∞) | (0, ∞) | ⊂ (-∞, 0) | none, 0 | decreasing
sqrt(1 - z^2)       | [-1, 1] | [0, 1] | (-∞, ∞) | even
sqrt(z^4)           | [0, ∞) | ∞, ∞ | even
sqrt(abs(z))        | [0, ∞) | ~ (-∞, 0) ∪ (0, ∞) | ∞, ∞ | even
z + sqrt(z^2)       |
1/(z^2 - 5) + sqrt(z^2 - 4) | where the conditions hold | even
1/(1 + exp(z))      | (0, 1) | [-1/4, 0) | 1, 0 | decreasing | 1/4
max(min(z, 1), -1)  | [-1, 1] | {0, 1} | -1, 1 | odd | nondecreasing | 1
max(0, z)*max(0, 1 - z) | [0, 1/4] | (-1, 1) | 0, 0 | 1
sin(z) + cos(z)     | ~ [-1.414213562…, 1.414213562…] | ~ [-1.414213562…, 1.414213562…] | ~ 1.414213562…
a*z^2 + b           | [b, ∞) if a > 0 | (-∞, ∞) if a > 0 | ∞ if a > 0, ∞ if a > 0 | even
abs(z - a)          | [0, ∞) | {-1, 1} | ∞, ∞ | 1
max(a, z)           | [a, ∞) | {0, 1} | a, ∞ | nondecreasing | 1
log(a*z)            | (0, ∞) if a > 0 | (-∞, ∞) if a > 0 | (0, ∞) if a > 0 | none, ∞ if a > 0 | increasing if a > 0
"""


def table(text: str) -> dict[str, str]:
    """The lines of a table by the name of the function."""
    rows = [line.partition("|") for line in text.strip().splitlines()]
    return {name.strip(): " ".join(facts.split()) for name, _, facts in rows}


@cache
def found(name: str) -> tuple[Derivative, tuple[Property, ...]]:
    """A row or a formula derived, and the facts about it."""
    if name.isidentifier():
        row = find(name)
        function, numbers = row.definition, row.numbers()
        assumptions: tuple[Condition, ...] = tuple(c for p in row.parameters for c in p.assumptions)
    else:
        function, numbers, assumptions = read_text(name), {}, ()
    derived = derive(function, Z, numbers, assumptions)
    return derived, find_properties(derived, numbers, assumptions)


# The facts as text, by code of their own.

MARKS = {PROVED: "", CONTAINED: "⊂ ", NUMERICAL: "~ ", BOUND: "≤ "}


def summary(facts: tuple[Property, ...]) -> str:
    """The facts on one line."""
    known = {p.kind: p for p in facts}
    parts = [told(p) for p in facts if p.kind == "domain" and told(p) != "(-∞, ∞)"]
    parts += [told(known[kind]) for kind in ("range", "derivative range") if kind in known]
    ends = [known.get("limit at −∞"), known.get("limit at ∞")]
    parts += [", ".join(told(p) if p else "none" for p in ends)] if any(ends) else []
    return " | ".join([*parts, *(told(p) for p in facts if p.kind in ("parity", "monotony", "Lipschitz constant"))])


def told(fact: Property) -> str:
    """A fact with its mark, and what it rests on."""
    if fact.value is None:
        return "where the conditions hold"
    value = fact.value if isinstance(fact.value, str) else values(fact.value)
    where = " and ".join(f"{write_text(c.term)} {c.relation} 0" for c in fact.where)
    return f"{MARKS[fact.status]}{value}{' piecewise' if fact.piecewise else ''}{' if ' + where if where else ''}"


def values(value: Values | Term | Estimate | Infinite) -> str:
    """A number or a set of numbers."""
    if isinstance(value, Infinite):
        return value.value
    if not isinstance(value, Values):
        return number(value)
    if all(p.is_point for p in value.parts):
        return "{" + ", ".join(number(p.lower) for p in value.parts) + "}"
    return " ∪ ".join(map(interval, value.parts))


def interval(found: Interval) -> str:
    """``(0, 1/4]``"""
    if found.is_point:
        return "{" + number(found.lower) + "}"
    low = "-∞" if found.lower is None else number(found.lower)
    high = "∞" if found.upper is None else number(found.upper)
    return f"{'[' if found.lower_closed else '('}{low}, {high}{']' if found.upper_closed else ')'}"


def number(value: Term | Estimate | None) -> str:
    """A number, the larger of two, or the size of one."""
    if isinstance(value, Estimate):
        return f"{value.digits}…"
    assert value is not None
    if value.op == "cases":
        low, high, _, other = value.args
        return f"max({number(low)}, {number(high)})" if other == low else f"abs({number(high)})"
    return write_text(value)
