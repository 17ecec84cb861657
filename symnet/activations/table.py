"""The rows by name. What a name means is looked up here; the rows themselves are loaded when they are first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from symnet.activations.row import Activation
from symnet.errors import UsageError, brief

#: The names of the rows in each module, in order.
_HOMES: Final = {
    "plain": "identity affine g",
    "piecewise": (
        "step sign relu relu6 leaky_relu prelu rrelu elu celu selu threshold hardtanh hardsigmoid hardswish "
        "hardshrink softshrink softsign"
    ),
    "smooth": (
        "sigmoid logsigmoid tanh tanhshrink softplus squareplus silu mish gelu gelu_tanh gaussian sine arctan "
        "exponential bent_identity isru"
    ),
    "vector": "softmax softmin log_softmax glu",
}
_HOME: Final = {name: home for home, names in _HOMES.items() for name in names.split()}

_OTHER_NAMES: Final = (
    "linear=identity heaviside=step unit_step=step signum=sign rectifier=relu lrelu=leaky_relu "
    "parametric_relu=prelu randomized_relu=rrelu relu_6=relu6 clip=hardtanh hard_tanh=hardtanh "
    "hard_sigmoid=hardsigmoid hard_swish=hardswish hard_shrink=hardshrink soft_shrink=softshrink "
    "soft_sign=softsign logistic=sigmoid log_sigmoid=logsigmoid tanh_shrink=tanhshrink soft_plus=softplus "
    "swish=silu gelu_approximate=gelu_tanh gauss=gaussian sin=sine atan=arctan exp=exponential "
    "soft_max=softmax soft_min=softmin logsoftmax=log_softmax gated_linear_unit=glu"
)
#: Other names of the rows.
ALIASES: Final[dict[str, str]] = dict(pair.split("=") for pair in _OTHER_NAMES.split())


class _Table(Mapping[str, Activation]):
    """The table, by name, in order. A module of rows is imported when one of its rows is asked for."""

    def __init__(self) -> None:
        self._rows: dict[str, Activation] = {}

    def __getitem__(self, name: str) -> Activation:
        if name not in self._rows:
            rows = import_module(f"symnet.activations.{_HOME[name]}").ROWS
            self._rows |= {row.name: row for row in rows}
        return self._rows[name]

    def __contains__(self, name: object) -> bool:
        return name in _HOME

    def __iter__(self) -> Iterator[str]:
        return iter(_HOME)

    def __len__(self) -> int:
        return len(_HOME)


#: The table, by name.
ACTIVATIONS: Final[Mapping[str, Activation]] = _Table()


def find(name: object) -> Activation:
    """The row of that name or alias.

    >>> find("swish").name
    'silu'
    >>> find("hardswsh")
    Traceback (most recent call last):
    symnet.errors.UsageError: there is no activation 'hardswsh'; did you mean 'hardswish' or 'hard_swish'?

    Raises :class:`~symnet.errors.UsageError` for any other name, with the names that are close to it.
    """
    if not isinstance(name, str):
        raise UsageError(f"an activation is found by its name, not by {brief(name)}")
    known = ALIASES.get(name, name)
    if known not in ACTIVATIONS:
        raise UsageError(f"there is no activation {brief(name)}; {_hint(name[:40].lower())}")
    return ACTIVATIONS[known]


def _hint(name: str) -> str:
    from difflib import get_close_matches  # only for the hint

    names = [*_HOME, *ALIASES]
    close = get_close_matches(name, names, 3, 0.8) or get_close_matches(name, names, 1)
    if not close:
        return f"the table has {', '.join(_HOME)}, where g stands for any output activation"
    *others, last = map(repr, close)
    return f"did you mean {', '.join(others)}{' or ' * bool(others)}{last}?"
