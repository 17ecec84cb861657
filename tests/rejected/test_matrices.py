"""Lies about matrices: shapes, order, transposes, 1×1 matrices that pass as scalars."""

from __future__ import annotations

from symnet.term import Equation, Name, Term, apply, identity, number, ones, symbol, zero
from tests.rejected.attack import A, Attack, B, C, M, b, derivation, equate, m, n, refuse, step, table, v, x

NO = "the two sides do not have the same normal form"
I = identity(n)  # noqa: E741 - the identity matrix
one = symbol("E", (1, 1))
u = symbol("u", (n, 1))


def f(argument: Term) -> Term:
    return apply("f", argument)


FALSE: list[Attack] = [
    ("AB = BA", lambda: equate(A @ B, B @ A), NO),
    ("ABC = ACB", lambda: equate(A @ B @ C, A @ C @ B), NO),
    ("A²B = ABA", lambda: equate(A @ A @ B, A @ B @ A), NO),
    ("A = Aᵀ", lambda: equate(A, A.T), NO),
    ("A + Aᵀ = 2A", lambda: equate(A + A.T, 2 * A), NO),
    ("A − Aᵀ = 0", lambda: equate(A - A.T, zero(n, n)), NO),
    ("A Aᵀ = Aᵀ A", lambda: equate(A @ A.T, A.T @ A), NO),
    ("A Aᵀ = A²", lambda: equate(A @ A.T, A @ A), NO),
    ("(AB)ᵀ = AᵀBᵀ", lambda: equate((A @ B).T, A.T @ B.T), NO),
    ("(AB)ᵀ = BA", lambda: equate((A @ B).T, B @ A), NO),
    ("(AB)ᵀ = AB", lambda: equate((A @ B).T, A @ B), NO),
    ("(ABC)ᵀ = AᵀBᵀCᵀ", lambda: equate((A @ B @ C).T, A.T @ B.T @ C.T), NO),
    ("(A + B)ᵀ = A + Bᵀ", lambda: equate((A + B).T, A + B.T), NO),
    ("A + B = A", lambda: equate(A + B, A), NO),
    ("A + A = A", lambda: equate(A + A, A), NO),
    ("A + A = A²", lambda: equate(A + A, A @ A), NO),
    ("A² = A", lambda: equate(A @ A, A), NO),
    ("I = 0", lambda: equate(I, zero(n, n)), NO),
    ("I + I = I", lambda: equate(I + I, I), NO),
    ("2I = I", lambda: equate(2 * I, I), NO),
    ("A I = I", lambda: equate(A @ I, I), NO),
    ("A 0 = A", lambda: equate(A @ zero(n, n), A), NO),
    ("A = I", lambda: equate(A, I), NO),
    ("A 1 = 1 for the column of ones", lambda: equate(A @ ones(n), ones(n)), NO),
    ("1 1ᵀ = I", lambda: equate(ones(n) @ ones(n).T, I), NO),
    ("v vᵀ = I", lambda: equate(v @ v.T, I), NO),
    ("u vᵀ = v uᵀ", lambda: equate(u @ v.T, v @ u.T), NO),
    ("(A + B)² = A² + 2AB + B²", lambda: equate((A + B) @ (A + B), A @ A + 2 * (A @ B) + B @ B), NO),
    ("(A − B)(A + B) = A² − B²", lambda: equate((A - B) @ (A + B), A @ A - B @ B), NO),
    ("A(B + C) = AB + C", lambda: equate(A @ (B + C), A @ B + C), NO),
    ("A(B + C) = AB + CA", lambda: equate(A @ (B + C), A @ B + C @ A), NO),
    ("Wx + b = Wx", lambda: equate(M @ v + b, M @ v), NO),
    ("A(Bv + u) + u = ABv + u", lambda: equate(A @ (B @ v + u) + u, A @ B @ v + u), NO),
    ("A(Bv + u) + v = ABv + Bu + v", lambda: equate(A @ (B @ v + u) + v, A @ B @ v + B @ u + v), NO),
    ("xA = A", lambda: equate(x * A, A), NO),
    ("(xA)(xB) = xAB", lambda: equate((x * A) @ (x * B), x * (A @ B)), NO),
    ("−(A + B) = −A + B", lambda: equate(-(A + B), -A + B), NO),
    ("f(A + B) = f(A) + f(B)", lambda: equate(f(A + B), f(A) + f(B)), NO),
    ("f(AB) = f(A) f(B)", lambda: equate(f(A @ B), f(A) @ f(B)), NO),
    ("f(A)ᵀ = f(Aᵀ)", lambda: equate(f(A).T, f(A.T)), NO),
    ("f(Av) = f(A) v", lambda: equate(f(A @ v), f(A) @ v), NO),
    ("f(xA) = x f(A)", lambda: equate(f(x * A), x * f(A)), NO),
    ("f(0) = 0", lambda: equate(f(zero(n, n)), zero(n, n)), NO),
    ("f(I) = I", lambda: equate(f(I), I), NO),
    ("f(f(v)) = f(v)", lambda: equate(f(f(v)), f(v)), NO),
    ("A(f(v) + u) = f(Av + Au)", lambda: equate(A @ (f(v) + u), f(A @ v + A @ u)), NO),
    ("M I_m, where I_n belongs", lambda: derivation(step("start", M @ identity(m))), "cannot multiply"),
    ("3v in place of v", lambda: equate(v, 3 * v), NO),
]

SHAPES: list[Attack] = [
    ("a matrix equals a scalar", lambda: equate(one, x), NO),
    ("a 1×1 matrix equals the number 1", lambda: equate(identity(1), number(1)), NO),
    ("vᵀv is a number", lambda: equate(v.T @ v, x), NO),
    ("an n×n matrix equals an m×m one", lambda: equate(identity(n), identity(m)), NO),
    ("a row equals a column", lambda: equate(v, v.T), NO),
    ("the zero of another shape", lambda: equate(A - A, zero(n, m)), NO),
    ("an equation across shapes", lambda: Equation(A, v), "the shapes differ"),
    ("a hypothesis across shapes", lambda: derivation(step("assume", A, v)), "the shapes differ"),
    ("A = 1 assumed with a 1×1", lambda: derivation(step("assume", one, number(1))), "the shapes differ"),
    ("Wv with the wrong inner size", lambda: M @ b, "cannot multiply M (m×n) by b (m×1): n columns meet m rows"),
    ("2×3 times 2×3", lambda: symbol("P", (2, 3)) @ symbol("Q", (2, 3)), "3 columns meet 2 rows"),
    ("the size 1 passes for the size n", lambda: v @ v, "1 columns meet n rows"),
    ("the size 2 passes for the size n", lambda: A @ symbol("w", (2, 1)), "n columns meet 2 rows"),
    ("A + v broadcasts", lambda: A + v, "the shapes differ"),
    ("b + 1 broadcasts", lambda: b + 1, "the shapes differ"),
    ("v + vᵀ", lambda: v + v.T, "the shapes differ"),
    ("a 1×1 plus a scalar", lambda: one + x, "the shapes differ"),
    ("a bad third summand", lambda: Term("sum", (A, B, v)), "the shapes differ"),
    ("A * B elementwise", lambda: A * B, "write @ for matrices"),
    ("A * x, the scalar behind", lambda: A * x, "multiply takes scalars"),
    ("a 1×1 as a scalar factor", lambda: one * A, "write @ for matrices"),
    ("a matrix among scalar factors", lambda: Term("multiply", (x, A)), "a 1×1 matrix is not a scalar"),
    ("x @ A", lambda: x @ A, "a product takes matrices"),
    ("A / A", lambda: A / A, "divide takes scalars"),
    ("1 / A", lambda: 1 / A, "divide takes scalars"),
    ("a 1×1 divides", lambda: x / one, "a 1×1 matrix is not a scalar"),
    ("A²  as a power", lambda: A**2, "power takes scalars"),
    ("A⁰ as a power", lambda: A**0, "power takes scalars"),
    ("xᵀ", lambda: x.T, "only a matrix has a transpose"),
    ("A scaled by A", lambda: Term("scale", (A, A)), "scale takes a scalar and a matrix"),
    ("x scaled by x", lambda: Term("scale", (x, x)), "scale takes a scalar and a matrix"),
    ("a matrix compared", lambda: Term("cases", (A, x, x, x), ("<",)), "cases takes scalars"),
    ("a matrix as a case", lambda: Term("cases", (x, x, A, A), ("<",)), "cases takes scalars"),
    ("a scalar called zero", lambda: Term("zero", (), ()), "zero is a matrix"),
    ("a shape of three sizes", lambda: symbol("T", (2, 2, 2)), "a shape is () for a scalar or (rows, columns)"),
    ("a shape of one size", lambda: symbol("T", (2,)), "a shape is () for a scalar or (rows, columns)"),
    ("a matrix without rows", lambda: symbol("T", (0, 2)), "with sizes from 1"),
    ("I of size 0", lambda: identity(0), "a size is a whole number from 1 or a Name"),
    ("a sum of one term", lambda: Term("sum", (x,)), "a sum takes two or more terms"),
    ("an empty sum", lambda: Term("sum", ()), "a sum takes two or more terms"),
    ("an empty product", lambda: Term("product", ()), "a product takes two or more matrices"),
    ("a product of one matrix", lambda: Term("product", (A,)), "a product takes two or more matrices"),
    ("a function of two arguments", lambda: Term("apply", (x, x), Name("f")), "apply takes 1 terms, not 2"),
    ("a division of three", lambda: Term("divide", (x, x, x)), "divide takes 2 terms"),
    ("a symbol with arguments", lambda: Term("symbol", (x,), (Name("y"), ())), "symbol takes 0 terms"),
    ("a number with arguments", lambda: Term("number", (x,), 1), "number takes 0 terms"),
]


@table(*FALSE)
def test_false_identity(tell, words):
    refuse(tell, words)


@table(*SHAPES)
def test_ill_shaped(tell, words):
    refuse(tell, words)
