"""Checks of the arithmetic with signed exponents and roots, each with its loss, as in ``calculus_holes``."""

from __future__ import annotations

from tests.rejected.planting import Hole

RING: list[Hole] = [
    # exponents that run over
    ("exponents run over", "ring", "                    if highest > self.exponent:", "                    if False:"),
    ("exponents are not added up", "ring", "                    highest += p.exponent\n", ""),
    ("no letter meets itself", "ring", "                if atoms & p.support:", "                if False:"),
    (
        "the bound of the last summand",
        "ring",
        "            if highest > exponent:\n                exponent = highest\n",
        "",
    ),
    (
        "no room for signs",
        "ring",
        "self.span = 2 * exponent if self.signed else exponent",
        "self.span = exponent",
    ),
    ("1/z has no exponent", "ring", "[1], p.support, p.exponent, 0)", "[1], p.support, 0, 0)"),
    ("1/z has no letter", "ring", "[1], p.support, p.exponent, 0)", "[1], 0, p.exponent, 0)"),
    (
        "exponents of e run over",
        "tower",
        "        if k > self.exponent:\n            raise TooNarrow(max(k, 2 * self.exponent), self.unit)\n",
        "",
    ),
    # what is divided by
    ("1/z = z", "ring", "Polynomial([-p.monomials[0]], [1]", "Polynomial([p.monomials[0]], [1]"),
    ("1/(2z) = 1/z", "ring", "f.scale * p.coefficients[0])", "f.scale)"),
    ("1/(−z) = 1/z", "ring", "f.scale * p.coefficients[0])", "f.scale * abs(p.coefficients[0]))"),
    ("1/(1 + z) = 1", "ring", "if self.signed and len(p.monomials) == 1:", "if self.signed:"),
    (
        "a denominator is lost",
        "ring",
        "return over(self.multiply(above, inverse), f.denominator,",
        "return over(self.multiply(above, inverse), ONE,",
    ),
    (
        "1/(1/z) = 1",
        "ring",
        "above, p = self.multiply(f.numerator, g.denominator, constant(g.scale)), g.numerator",
        "above, p = self.multiply(f.numerator, constant(g.scale)), g.numerator",
    ),
    (
        "1/(z/2) = 1/z",
        "ring",
        "above, p = self.multiply(f.numerator, g.denominator, constant(g.scale)), g.numerator",
        "above, p = self.multiply(f.numerator, g.denominator), g.numerator",
    ),
    (
        "u^{−k} = u^k",
        "tower",
        "return found if exponent >= 0 else self.divide_fractions(_ONE, fraction(found))",
        "return found",
    ),
    # roots
    (
        "the square below a root",
        "tower",
        "self.multiply(self._power(up, -least), self._power(down, most))",
        "self._power(down, most)",
    ),
    (
        "the denominator of a square",
        "tower",
        "self.multiply(self._power(up, -least), self._power(down, most))",
        "self._power(up, -least)",
    ),
    ("what a denominator was multiplied by", "tower", "fraction(self.multiply(d, below))))", "fraction(d)))"),
    (
        "what the sides were multiplied by",
        "tower",
        "            left, right = self.multiply(left, up), self.multiply(right, down)\n",
        "",
    ),
    (
        "denominators are not compared",
        "tower",
        "            left, right = self.multiply(left, d), self.multiply(right, n)\n",
        "            pass\n",
    ),
]
