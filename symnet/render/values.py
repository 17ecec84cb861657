"""Terms that are the value of a defined symbol at a point: {0 if 0 < 0; α (e^0 − 1) otherwise} is a at z = 0."""

from __future__ import annotations

from dataclasses import dataclass

from symnet.errors import SymnetError
from symnet.kernel import Replayed
from symnet.render.calculus import moves
from symnet.term import Equation, Term, put

#: Larger definitions are not looked at.
LARGEST = 500


@dataclass(frozen=True, slots=True)
class Value:
    """A defined symbol, and where it is taken."""

    symbol: Term
    point: Equation


def value_of(replayed: Replayed, term: Term) -> Value | None:
    """The symbol and the point if a term is what a symbol stands for, at a point of a one-sided derivative.

    >>> from symnet.kernel import replay
    >>> from symnet.term import Derivation, Step, symbol
    >>> value_of(replay(Derivation((), (Step("start", (), (symbol("x"),)),), (0,))), symbol("x"))
    """
    if term.op in ("symbol", "derivative"):
        return None
    for subject in (step.terms[0] for step in replayed.steps if step.rule == "one_sided"):
        variable = Term("symbol", (), (subject.value[0], ()))
        for definition in replayed.definitions:
            if moves(subject) and definition.body.size <= LARGEST:
                try:
                    found = put(definition.body, variable, subject.args[1])
                except SymnetError:
                    continue
                if found == term != definition.body:
                    return Value(definition.symbol, Equation(variable, subject.args[1]))
    return None
