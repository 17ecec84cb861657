"""How text and LaTeX write each thing: two rows of one table, and the namer that keeps distinct names distinct.

Everything printed is a :class:`Piece`: a string, its estimated width (columns in text, em in LaTeX, never less than
what it will take), and what it means for line breaking. A new output format is a new :class:`Notation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from symnet.errors import SymnetError
from symnet.term import Name, Shape, Size

#: Greek names: what text prints; LaTeX prints the name after a backslash.
GREEK: Final = dict(
    pair.split("=")
    for line in (
        "alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ",
        "lambda=λ mu=μ nu=ν xi=ξ pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ",
        "chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω",
    )
    for pair in line.split()
)
#: The functions that LaTeX knows by name.
LATEX_FUNCTIONS: Final = frozenset(
    {"arctan", "cos", "cosh", "exp", "ln", "log", "max", "min", "sin", "sinh", "tan", "tanh"}
)
SUPERSCRIPT: Final = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
SUBSCRIPT: Final = str.maketrans("0123456789aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


class Kind(IntEnum):
    """What a piece means for line breaking."""

    PLAIN = 0
    SIGN = 1  # a line may end before it
    FACTOR = 2  # between two factors; a line may end before it, at a price
    OPEN = 3
    CLOSE = 4
    STACK = 5  # what follows stands above one another: a fraction, cases
    NEXT = 6
    UNSTACK = 7


class Piece(NamedTuple):
    """A string to print; ``lead`` is what it becomes at the beginning of a continued line, and how wide that is."""

    text: str
    width: float
    kind: Kind = Kind.PLAIN
    lead: str = ""
    lead_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Notation:
    """One row: how one format writes each thing. ``fraction`` is None where fractions are written with a slash."""

    base: Callable[[str], Piece]
    function: Callable[[str], Piece]
    scripts: Callable[[Piece, str, str], Piece]
    subscripted: Callable[[str, Piece], Piece]
    number: Callable[[Fraction], Piece]
    exponent: Callable[[int], Piece]
    size: Callable[[int], Piece]
    plus: Piece
    minus: Piece
    negative: Piece
    space: Piece
    thin: Piece
    dot: Piece
    times: Piece
    slash: Piece
    brackets: tuple[Piece, Piece]
    tall: tuple[Piece, Piece]
    transpose: Piece
    group: tuple[str, str]
    constants: dict[str, str]
    fraction: tuple[Piece, Piece, Piece] | None
    cases: tuple[Piece, Piece, Piece, Piece, Piece]
    comparisons: dict[str, Piece]
    relations: dict[str, Piece]


# Text: a column a character.


def _plain(text: str) -> Piece:
    return Piece(text, len(text))


def _cut(text: str, kind: Kind, lead: str) -> Piece:
    return Piece(text, len(text), kind, lead, len(lead))


def _text_scripts(base: Piece, entry: str, layer: str) -> Piece:
    return _plain(base.text + entry.translate(SUBSCRIPT) + (f"({layer})" if layer else "").translate(SUPERSCRIPT))


def _text_subscripted(base: str, index: Piece) -> Piece:
    return _plain(base + (index.text.translate(SUBSCRIPT) if index.text.isdigit() else _lowered(index.text)))


def _lowered(size: str) -> str:
    """n₀ as ₙ₀; in brackets what Unicode cannot lower, and what would read as something else once lowered."""
    low = size[0].translate(SUBSCRIPT)
    plain_index = all(c in "₀₁₂₃₄₅₆₇₈₉" for c in size[1:])
    return low + size[1:] if low != size[0] and plain_index else f"[{size}]"


TEXT: Final = Notation(
    base=lambda name: _plain(GREEK.get(name, name)),
    function=lambda name: _plain(GREEK.get(name, name)),
    scripts=_text_scripts,
    subscripted=_text_subscripted,
    number=lambda value: _plain(ratio(value)),
    exponent=lambda value: _plain(digits(value).translate(SUPERSCRIPT)),
    size=lambda value: _plain(str(value)),
    plus=_cut(" + ", Kind.SIGN, "+ "),
    minus=_cut(" − ", Kind.SIGN, "− "),
    negative=_plain("−"),
    space=_cut(" ", Kind.FACTOR, "· "),
    thin=_cut(" ", Kind.FACTOR, "· "),
    dot=_cut(" · ", Kind.FACTOR, "· "),
    times=_plain("×"),
    slash=_cut("/", Kind.FACTOR, "/ "),
    brackets=(_cut("(", Kind.OPEN, ""), _cut(")", Kind.CLOSE, "")),
    tall=(_cut("(", Kind.OPEN, ""), _cut(")", Kind.CLOSE, "")),
    transpose=_plain("ᵀ"),
    group=("", ""),
    constants={"identity": "𝐈", "zero": "𝟎", "ones": "𝟏"},
    fraction=None,
    cases=(
        _cut("{", Kind.OPEN, ""),
        _plain(" if "),
        _cut("; ", Kind.SIGN, "; "),
        _plain(" otherwise"),
        _cut("}", Kind.CLOSE, ""),
    ),
    comparisons={"<": _plain(" < "), "<=": _plain(" ≤ ")},
    relations={r: _plain(f"{r} ") for r in ("=", ":=", "≠")},
)


# LaTeX: em, at the size of the surrounding formula. The letters are those of Latin Modern Math, rounded up.

_WIDTHS: Final = (("mMW@%", 1.0), ("w", 0.75), ("ijltfrI", 0.43), ("()[]", 0.4), (".,:;!'| ", 0.34))
_WIDTH: Final = {char: width for chars, width in _WIDTHS for char in chars}
_SCRIPT: Final = 0.76


def latex_width(text: str) -> float:
    """An upper estimate, in em, of the width of letters and digits set in a serif font."""
    return sum(_WIDTH.get(c, 0.83 if c.isupper() else 0.57 if c.isalpha() else 0.51) for c in text)


def _latex_base(name: str) -> Piece:
    if name in GREEK:
        return Piece(f"\\{name}", 0.85)
    if len(name) == 1:
        return Piece(name, latex_width(name) + 0.08)
    if name.isalpha():
        return Piece(f"\\mathit{{{name}}}", latex_width(name) + 0.1)
    return Piece("\\mathtt{" + name.replace("_", r"\_") + "}", 0.54 * len(name))


def _latex_function(name: str) -> Piece:
    if name in LATEX_FUNCTIONS:
        return Piece(f"\\{name}", latex_width(name) + 0.2)
    if name in GREEK or len(name) == 1:
        return _latex_base(name)
    return Piece("\\operatorname{" + name.replace("_", r"\_") + "}", latex_width(name) + 0.2)


def _braced(index: str) -> str:
    return index if len(index) == 1 else f"{{{index}}}"


def _latex_scripts(base: Piece, entry: str, layer: str) -> Piece:
    below = f"_{_braced(entry)}" if entry else ""
    above = f"^{{({layer})}}" if layer else ""
    reach = max(latex_width(entry), latex_width(f"({layer})") if layer else 0)
    return Piece(base.text + below + above, base.width + _SCRIPT * reach + (0.06 if reach else 0))


def digits(value: int) -> str:
    """The decimal digits of a whole number of any length; ``str`` gives up at 4,300.

    >>> len(digits(10**5000))
    5001
    """
    return f"{Decimal(value):f}"


def ratio(value: Fraction) -> str:
    """A rational number as ``3`` or ``3/4``."""
    return digits(value.numerator) + (f"/{digits(value.denominator)}" if value.denominator != 1 else "")


def _latex_number(value: Fraction) -> Piece:
    numerator, denominator = digits(value.numerator), digits(value.denominator)
    if value.denominator == 1:
        return Piece(numerator, 0.52 * len(numerator))
    return Piece(f"\\frac{{{numerator}}}{{{denominator}}}", 0.52 * max(len(numerator), len(denominator)) + 0.4)


LATEX: Final = Notation(
    base=_latex_base,
    function=_latex_function,
    scripts=_latex_scripts,
    subscripted=lambda base, index: Piece(f"{base}_{{{index.text}}}", 0.65 + _SCRIPT * index.width),
    number=_latex_number,
    exponent=lambda value: Piece(f"^{{{digits(value)}}}", _SCRIPT * latex_width(digits(value)) + 0.08),
    size=lambda value: Piece(str(value), latex_width(str(value))),
    plus=Piece(" + ", 1.24, Kind.SIGN, "+ ", 1.24),
    minus=Piece(" - ", 1.24, Kind.SIGN, "- ", 1.24),
    negative=Piece("-", 0.8),
    space=Piece(" ", 0.02, Kind.FACTOR, "\\cdot ", 0.75),
    thin=Piece(" \\, ", 0.2, Kind.FACTOR, "\\cdot ", 0.75),
    dot=Piece(" \\cdot ", 0.75, Kind.FACTOR, "\\cdot ", 0.75),
    times=Piece(" \\times ", 1.25),
    slash=Piece(" / ", 0.55, Kind.FACTOR, "/ ", 0.55),
    brackets=(Piece("(", 0.4, Kind.OPEN), Piece(")", 0.4, Kind.CLOSE)),
    tall=(Piece("\\left(", 0.9, Kind.OPEN), Piece("\\right)", 0.9, Kind.CLOSE)),
    transpose=Piece("^{\\top}", 0.7),
    group=("{", "}"),
    constants={"identity": "\\mathbf{I}", "zero": "\\mathbf{0}", "ones": "\\mathbf{1}"},
    fraction=(Piece("\\frac{", 0.0, Kind.STACK), Piece("}{", 0.0, Kind.NEXT), Piece("}", 0.4, Kind.UNSTACK)),
    cases=(
        Piece("\\begin{cases} ", 0.0, Kind.STACK),
        Piece(" & \\text{if } ", 1.9),
        Piece(" \\\\ ", 0.0, Kind.NEXT),
        Piece(" & \\text{otherwise}", 5.0),
        Piece(" \\end{cases}", 1.2, Kind.UNSTACK),
    ),
    comparisons={"<": Piece(" < ", 1.4), "<=": Piece(" \\le ", 1.4)},
    relations={"=": Piece("= ", 1.4), ":=": Piece(":= ", 1.8), "≠": Piece("\\neq ", 1.4)},
)


class Namer:
    """Prints the names of one page, and makes sure that no two of them print alike.

    ``names`` are all names on the page: symbols, functions, sizes. Indices of one digit are written without commas,
    unless two names would then print alike. Raises :class:`~symnet.errors.SymnetError` when commas do not help.

    >>> Namer(TEXT, [Name("w", 1, (1, 2))])(Name("w", 1, (1, 2))).text
    'w₁₂⁽¹⁾'
    >>> Namer(TEXT, [Name("w", None, (1, 2)), Name("w", None, (12,))])(Name("w", None, (1, 2))).text
    'w₁,₂'
    """

    def __init__(self, notation: Notation, names: Iterable[Name]) -> None:
        self.notation = notation
        self.commas = False
        self._piece = cache(self._write)
        distinct = tuple(dict.fromkeys(names))
        self.commas = bool(self._alike(distinct))
        self._piece = cache(self._write)
        if alike := self._alike(distinct):
            raise SymnetError(f"{alike[0]} and {alike[1]} would print alike; rename one")

    def __call__(self, name: Name, function: bool = False) -> Piece:
        """The piece that prints a symbol or a size, or the name of a function."""
        return self._piece(name, function)

    def size(self, size: Size) -> Piece:
        """The piece that prints a size."""
        return self(size) if isinstance(size, Name) else self.notation.size(size)

    def shape(self, shape: Shape) -> Piece:
        """The piece that prints ``3×n₀``."""
        sizes, times = [self.size(s) for s in shape], self.notation.times
        return Piece(
            times.text.join(s.text for s in sizes), sum(s.width for s in sizes) + times.width * (len(sizes) - 1)
        )

    def _alike(self, names: tuple[Name, ...]) -> tuple[Name, Name] | None:
        seen: dict[str, Name] = {}
        for name in names:
            other = seen.setdefault(self(name).text, name)
            if other is not name:
                return other, name
        return None

    def _write(self, name: Name, function: bool) -> Piece:
        base = (self.notation.function if function else self.notation.base)(name.base)
        concatenate = not self.commas and all(i < 10 for i in name.entry)
        entry = ("" if concatenate else ",").join(map(str, name.entry))
        return self.notation.scripts(base, entry, "" if name.layer is None else str(name.layer))
