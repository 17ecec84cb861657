"""The kernel: two dozen rules, and :func:`replay`, which recomputes every step of a derivation.

What a replayed line means: for all sizes, for all natural numbers as index variables, for all real values of the
symbols that have no definition, and for all functions that keep the shape of their argument, if every condition and
every hypothesis holds, then both sides are defined and equal, or the inequality holds, where a defined symbol stands
for its body. exp, log, sqrt, sin, cos, atan, tanh and erf are the functions of analysis.

Each rule takes earlier lines and terms, and computes its conclusion; no step states one. Most rules rewrite the
right-hand side of an earlier line, so that a run of steps reads as ``l = r₁ = r₂ = …`` with one reason each; on an
inequality ``t > 0`` they rewrite t. The rules (:mod:`.rules`, and from ``elementary`` on :mod:`.analysis`):

==============  =====================================  ==========================================================
rule            from                                   to
==============  =====================================  ==========================================================
start           a term t                               t = t
assume          two terms l, r                         l = r, resting on the hypothesis l = r
unfold          l = r; defined symbols, Σ or ∏         l = r with them replaced by their bodies
fold            l = r; defined symbols, Σ or ∏         l = r with the bodies replaced by them
substitute      l = r; lines a = b, …                  l = r with every a replaced by its b
distribute      l = r; a term t without                l = t, when the normal forms of r and t agree
                products of sums
regroup         l = r; a term t                        l = t, when the normal forms of r and t agree
symmetry        l = r                                  r = l
discharge       l = r; inequalities                    l = r without the conditions that follow from the others,
                                                       from signs as written, and from the inequalities
termwise        l = r; a line s(i) = t(i);             l = r with Σ s(k) replaced by Σ t(k)
                Σ s(k) or ∏ s(k), and i
instantiate     l = r; a symbol or an index, a term    l = r with it replaced by the term on both sides
induct          l(0) = r(0); l(n+1) = r(n+1)           l(n) = r(n)
                resting on l(n) = r(n); n
elementary      l = r; a term t                        l = t, when their forms in :mod:`symnet.tower` agree
differentiate   l = r; derivatives                     l = r with each replaced by the rule for its body
choose          l = r; a case distinction, an arm      l = r with it replaced by the arm, where that is selected
suppose         a term t                               t > 0 (``suppose_weakly``: t ≥ 0) under that condition
sign            l = r; inequalities                    l > 0, l ≥ 0 or l ≠ 0, from the signs of r as written
monotone        u − v > 0; f(u) − f(v)                 f(u) − f(v) > 0, for f that increases
bounded         b − f(u) or b + f(u)                   that is > 0, for f bounded by b
mean_value      h′(z) > 0 on an interval; u, v         h(v) − h(u) > 0 for u < v in the interval
split           l = r where p > 0; where p < 0 or      l = r where p ≠ 0, or always
                p ≤ 0; resting on p = 0
one_sided       h = f for z ≥ c; h′ at c from          that one-sided derivative of h is the derivative of f
                one side
both_sides      equal one-sided derivatives            the derivative
==============  =====================================  ==========================================================

Conditions are collected from every denominator, logarithm, root and derivative of every line as written, before
anything cancels, and from the range of every index. There is no way to hand in a conclusion, a theorem or an axiom;
what is assumed stays in the claim.
"""

from symnet.kernel.replaying import WORK_LIMIT, Replayed, Session, replay
from symnet.kernel.rules import RULES
from symnet.kernel.scope import LINE_LIMIT, dependencies

__all__ = ["LINE_LIMIT", "RULES", "WORK_LIMIT", "Replayed", "Session", "dependencies", "replay"]
