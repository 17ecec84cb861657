"""The kernel: a dozen rules, and :func:`replay`, which recomputes every step of a derivation.

What a replayed line ``lhs = rhs`` means: for all sizes, for all natural numbers as index variables, for all real values
of the symbols that have no definition, and for all functions that keep the shape of their argument, if every condition
and every hypothesis holds, then lhs and rhs are equal, where a defined symbol stands for its body.

Each rule takes earlier lines and terms, and computes its conclusion; no step states one. Most rules rewrite the
right-hand side of an earlier line, so that a run of steps reads as ``l = r₁ = r₂ = …`` with one reason each. The rules
(:mod:`.rules`):

===========  =====================================  =============================================================
rule         from                                   to
===========  =====================================  =============================================================
start        a term t                               t = t
assume       two terms l, r                         l = r, resting on the hypothesis l = r
unfold       l = r; defined symbols, Σ or ∏         l = r with them replaced by their bodies
fold         l = r; defined symbols, Σ or ∏         l = r with the bodies replaced by them
substitute   l = r; lines a = b, …                  l = r with every a replaced by its b
distribute   l = r; a term t without                l = t, when the normal forms of r and t agree
             products of sums
regroup      l = r; a term t                        l = t, when the normal forms of r and t agree
symmetry     l = r                                  r = l
discharge    l = r                                  l = r without the conditions that are nonzero constants
termwise     l = r; a line s(i) = t(i);             l = r with Σ s(k) replaced by Σ t(k)
             Σ s(k) or ∏ s(k), and i
instantiate  l = r; a symbol or an index, a term    l = r with it replaced by the term on both sides
induct       l(0) = r(0); l(n+1) = r(n+1)           l(n) = r(n)
             resting on l(n) = r(n); n
===========  =====================================  =============================================================

Conditions are collected from every denominator of every line as written, before anything cancels, and from the range of
every index. There is no way to hand in a conclusion, a theorem or an axiom; what is assumed stays in the claim.
"""

from symnet.kernel.replaying import WORK_LIMIT, Replayed, Session, replay
from symnet.kernel.rules import RULES
from symnet.kernel.scope import LINE_LIMIT, dependencies

__all__ = ["LINE_LIMIT", "RULES", "WORK_LIMIT", "Replayed", "Session", "dependencies", "replay"]
