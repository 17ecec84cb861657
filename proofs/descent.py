"""How many steps gradient descent takes: a course says 67 for the sigmoid and 2 for ReLU.

Both counts are right for η = 0.2, and they are about different ways. 67 is the number of steps z ← z − η σ′(z) from
z = ln 9, where σ(z) = 0.9, until σ(z) ≤ 0.5. ReLU's two steps z ← z − η start at z = 0.9 and end at z = 0.5. Over the
way of the sigmoid, from ln 9 to 0, ReLU takes 11. If the step is taken in a itself, a ← a − η a (1 − a), as some would
read the course, the sigmoid takes 12.

>>> for steps, what in counts():
...     print(steps, what)
67 sigmoid: z ← z − η σ′(z) from z = ln 9, where σ = 0.9, until σ ≤ 0.5
2 ReLU: z ← z − η from z = 0.9 until z ≤ 0.5
11 ReLU over the same distance: z ← z − η from z = ln 9 until z ≤ 0
12 sigmoid's slope taken for a step of a itself: a ← a − η a (1 − a) from a = 0.9 until a ≤ 0.5

Why the sigmoid is slow is a theorem: σ′ ≤ 1/4 (:func:`shortest`), so a step is at most η/4 = 0.05 long, where ReLU's
is 0.2; ln 9 ≈ 2.197 takes at least 44 steps of that length.

The counts are computed, and not replayed by the kernel: each comparison on the way is between exact fractions, or
between enclosures that do not meet (:mod:`symnet.witness.descent`).

Source of the example: the AI-EDU course, "Neural Networks", chapter 8.
"""

from fractions import Fraction

import symnet
from symnet.prove.lines import Lines
from symnet.term import apply, derivative, number, symbol
from symnet.witness.descent import course_descents

Z, ETA = symbol("z"), symbol("eta")
SIGMOID = 1 / (1 + apply("exp", -Z))


def counts() -> tuple[tuple[int, str], ...]:
    """The course's two numbers of steps, and the two that its comparison leaves out."""
    return tuple((descent.steps, what) for what, descent in course_descents())


def start() -> symnet.Replay:
    """σ(ln 9) = 9/10 and σ(0) = 1/2"""
    lines = Lines()
    places = ((apply("log", number(9)), Fraction(9, 10)), (number(0), Fraction(1, 2)))
    values = [(1 / (1 + apply("exp", -place)), number(value)) for place, value in places]
    return symnet.replay(lines.derivation(*(lines.discharge(lines.elementary(lines.start(t), v)) for t, v in values)))


def shortest() -> symnet.Replay:
    """η σ′(z) ≤ η/4 for η > 0"""
    lines = Lines()
    line = lines.differentiate(lines.start(ETA / 4 - ETA * derivative(SIGMOID, Z)))
    line = lines.elementary(line, ETA * (SIGMOID - Fraction(1, 2)) ** 2)
    positive = lines.write("suppose", (), (ETA,))
    return symnet.replay(lines.derivation(lines.discharge(lines.write("sign", (line, positive)))))


if __name__ == "__main__":
    for theorem in (start, shortest):
        print(theorem().plain())
    for steps, what in counts():
        print(f"{steps:3} steps: {what}")
