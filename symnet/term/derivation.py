"""The plain data of a derivation: equations, definitions, steps and claims. It proves nothing until replayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from symnet.errors import ShapeError, SymnetError, UsageError, brief
from symnet.term.names import Position, at, variables_of
from symnet.term.node import Term, short
from symnet.term.walk import instance

#: How a condition compares a term with 0.
RELATIONS: Final = ("!=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Equation:
    """``lhs = rhs``, two terms of one shape."""

    lhs: Term
    rhs: Term

    def __post_init__(self) -> None:
        _check_terms("an equation", (self.lhs, self.rhs))
        if self.lhs.shape != self.rhs.shape:
            raise ShapeError(f"{short(self.lhs)} cannot equal {short(self.rhs)}: the shapes differ")


@dataclass(frozen=True, slots=True)
class Condition:
    """``term ≠ 0``, ``term > 0`` or ``term ≥ 0``: what a line needs, or what an inequality says."""

    term: Term
    relation: str = "!="

    def __post_init__(self) -> None:
        _check_terms("a condition", (self.term,))
        if self.term.shape or self.relation not in RELATIONS:
            raise UsageError(f"a condition compares a scalar with 0 by one of {', '.join(RELATIONS)}")

    @property
    def free(self) -> frozenset[str]:
        """The index variables that it depends on."""
        return self.term.free

    def instance(self, variable: str, value: Position) -> Condition:
        """The condition with an index variable replaced."""
        return Condition(instance(self.term, variable, value), self.relation)


@dataclass(frozen=True, slots=True)
class Bound:
    """``lower ≤ upper``, between indices, for an equation that holds in that range only."""

    lower: Position
    upper: Position

    @property
    def free(self) -> frozenset[str]:
        """The index variables that it depends on."""
        return frozenset((*variables_of(self.lower), *variables_of(self.upper)))

    def instance(self, variable: str, value: Position) -> Bound:
        """The condition with an index variable replaced."""
        return Bound(at(self.lower, variable, value), at(self.upper, variable, value))


@dataclass(frozen=True, slots=True)
class Definition:
    """``symbol := body``, an abbreviation; a⁽⁰⁾ := … and a⁽ᵏ⁺¹⁾ := … in terms of a⁽ᵏ⁾ are together a recursion."""

    symbol: Term
    body: Term

    def __post_init__(self) -> None:
        _check_terms("a definition", (self.symbol, self.body))
        if self.symbol.op != "symbol":
            raise UsageError(f"only a symbol can be defined, not {short(self.symbol)}")
        if self.symbol.shape != self.body.shape:
            raise ShapeError(f"{short(self.symbol)} cannot abbreviate {short(self.body)}: the shapes differ")


@dataclass(frozen=True, slots=True)
class Step:
    """One line: a rule of the kernel, the earlier lines it uses, and the terms it needs."""

    rule: str
    premises: tuple[int, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """Definitions, steps, and which of the steps are the claim. Plain data: it proves nothing until replayed."""

    definitions: tuple[Definition, ...]
    steps: tuple[Step, ...]
    goals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Equations and inequalities, the conditions under which they hold, and the hypotheses they rest on."""

    equations: tuple[Equation, ...]
    conditions: tuple[Condition | Bound, ...] = ()
    hypotheses: tuple[Equation, ...] = ()
    inequalities: tuple[Condition, ...] = ()


def _check_terms(what: str, terms: tuple[object, ...]) -> None:
    for term in terms:
        if type(term) is not Term:
            raise SymnetError(f"{what} is between terms, not {brief(term)}")
