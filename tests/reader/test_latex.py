"""LaTeX to terms: what is read, as which expression in plain text, and what is refused."""

import pytest

from symnet.errors import ParseError
from symnet.reader.latex import looks_like_latex, read_latex, read_latex_fully
from symnet.reader.text import read_text
from symnet.term import symbol

# What the sources print.
SOURCES = [
    (r"Sigmoid(z) = \frac{1}{1 + e^{-z}} \rightarrow a \tag{1}", "1/(1 + exp(-z))"),
    (
        "$$ReLU(z) = max(0,z) = \\begin{cases}\n  z, & z \\geq 0 \\\\\\\\\n  0, & z < 0\n\\end{cases}$$",
        "max(0, z)",
    ),
    (r"$$\operatorname{ReLU}(x) = \max(x, 0)$$", "max(0, x)"),
    (r"$$\operatorname{pReLU}(x) = \max(0, x) + \alpha \min(0, x)$$", "max(0, x) + alpha*min(0, x)"),
    (r"$$\operatorname{sigmoid}(x) = \frac{1}{1 + \exp(-x)}$$", "1/(1 + exp(-x))"),
    (r"$$\operatorname{tanh}(x) = \frac{1 - \exp(-2x)}{1 + \exp(-2x)}$$", "(1 - exp(-2x))/(1 + exp(-2x))"),
    (
        r"$$y = \begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{if } z \leq 0 \end{cases}$$",
        "piecewise(z > 0, 1, 0)",
    ),
    (
        r"y = \begin{cases} 1 & \text{if } w_1 x_1 + w_2 x_2 + b > 0 \\ 0 & \text{if } w_1 x_1 + w_2 x_2 + b \leq 0"
        r" \end{cases}",
        "piecewise(w_1*x_1 + w_2*x_2 + b > 0, 1, 0)",
    ),
    (
        r"\operatorname{sigmoid}(x)\left(1-\operatorname{sigmoid}(x)\right)",
        "sigmoid(x)*(1 - sigmoid(x))",
    ),
    (r"1 - \operatorname{tanh}^2(x)", "1 - tanh(x)^2"),
    (r"\frac{\exp(-x)}{(1 + \exp(-x))^2}", "exp(-x)/(1 + exp(-x))^2"),
]

READ = [
    *SOURCES,
    # fractions and roots
    (r"\dfrac{z}{2}", "z/2"),
    (r"\tfrac12 z", "1/2*z"),
    (r"\frac z2", "z/2"),
    (r"\frac{2}{3}", "2/3"),
    (r"\sqrt{z}", "sqrt(z)"),
    (r"\sqrt z", "sqrt(z)"),
    (r"\sqrt2 z", "sqrt(2)*z"),
    (r"\sqrt[2]{z}", "sqrt(z)"),
    (r"\sqrt[4]{z}", "sqrt(sqrt(z))"),
    # brackets
    (r"\left( z \right)^2", "z^2"),
    (r"\bigl[1+z\bigr] z", "(1+z)*z"),
    (r"\left\{1+z\right\} z", "(1+z)*z"),
    (r"{z}", "z"),
    (r"|z|", "abs(z)"),
    (r"\lvert z\rvert", "abs(z)"),
    (r"\left|z\right|", "abs(z)"),
    (r"\frac{z}{1+|z|}", "z/(1+abs(z))"),
    (r"\left||z|-1\right|", "abs(abs(z)-1)"),
    # products, letters side by side
    (r"2 \cdot z \times x", "2*z*x"),
    (r"kz", "k*z"),
    (r"2\,z\;x\!y\quad w~v", "2*z*x*y*w*v"),
    (r"\alpha(e^z-1)", "alpha*(e^z - 1)"),
    (r"\lambda z e^{-z}", "lambda*z*exp(-z)"),
    (r"ze^{-z^2/2}", "z*exp(-z^2/2)"),
    # powers
    (r"z^2", "z^2"),
    (r"z^{12}", "z^12"),
    (r"z^{-1}", "1/z"),
    (r"z^{1/2}", "sqrt(z)"),
    (r"z^\frac{1}{2}", "sqrt(z)"),
    (r"2^{-z}", "2^(-z)"),
    (r"e^{-z}", "exp(-z)"),
    (r"\mathrm{e}^{-z}", "exp(-z)"),
    (r"e^{(1-z)}", "exp(1-z)"),
    (r"(1+z)^{(2)}", "(1+z)^2"),
    (r"z_1^2", "z_1^2"),
    # functions
    (r"\exp(z)", "exp(z)"),
    (r"\exp{-z}", "exp(-z)"),
    (r"\exp z", "exp(z)"),
    (r"\exp\left(-z\right)", "exp(-z)"),
    (r"\ln z", "log(z)"),
    (r"\log z", "log(z)"),
    (r"\log_2 z", "log(z)/log(2)"),
    (r"\log_{10}(z)", "log(z)/log(10)"),
    (r"\ln|z|", "log(abs(z))"),
    (r"\ln z^2", "log(z^2)"),
    (r"\tanh z", "tanh(z)"),
    (r"\tanh^2 z", "tanh(z)^2"),
    (r"\tanh^{2}(z)", "tanh(z)^2"),
    (r"\tanh\frac{z}{2}", "tanh(z/2)"),
    (r"\sin 2z + 1", "sin(2z) + 1"),
    (r"\sin z \cos z", "sin(z)*cos(z)"),
    (r"z\tanh\ln(1+e^z)", "z*tanh(log(1+e^z))"),
    (r"\tan z", "tan(z)"),
    (r"\arctan z", "atan(z)"),
    (r"\operatorname{erf}\left(\frac{z}{\sqrt{2}}\right)", "erf(z/sqrt(2))"),
    (r"\mathrm{softplus}(z)", "softplus(z)"),
    (r"\text{ReLU}(z)", "relu(z)"),
    (r"\sigma(z)(1-\sigma(z))", "sigmoid(z)*(1-sigmoid(z))"),
    (r"\sigma\left(z\right)", "sigmoid(z)"),
    (r"\max\left\{0, z\right\}", "max(0, z)"),
    (r"\max(0, \min(1, z))", "max(0, min(1, z))"),
    (r"exp(-z)", "exp(-z)"),
    (
        r"\dfrac{z}{2}\left(1+\tanh\left(\sqrt{\frac{2}{\pi}}\left(z+0.044715z^3\right)\right)\right)",
        "z/2*(1+tanh(sqrt(2/pi)*(z + 0.044715*z^3)))",
    ),
    # names
    (r"z_1", "z_1"),
    (r"w_{12}", "w_12"),
    (r"w_{1,2}", "w_1_2"),
    (r"\beta_3 \Omega", "beta_3*Ω"),
    (r"\sigma^2", "sigma^2"),
    (r"αz", "alpha*z"),
    (r"\pi z", "pi*z"),
    # around it
    (r"$z^2$", "z^2"),
    (r"\( z^2 \)", "z^2"),
    (r"\[ z^2 . \]", "z^2"),
    (r"\displaystyle z^2,\quad", "z^2"),
    (r"h(z) := z", "z"),
    (r"a == z", "z"),
    (r"\operatorname{ELU}_\alpha(z) = z", "z"),
    (r"f(z; \alpha) &= \alpha z", "alpha*z"),
    # cases
    (r"\begin{cases} z & z \ge 0 \\ 0 & z < 0 \end{cases}", "piecewise(z >= 0, z, 0)"),
    (r"\begin{cases} z & z > 0 \\ 0 & \text{otherwise} \end{cases}", "piecewise(z > 0, z, 0)"),
    (r"\begin{cases} z & \text{if } z > 0 \\ 0 \end{cases}", "piecewise(z > 0, z, 0)"),
    (
        r"\begin{cases} z, & z > 0, \\[2pt] 0, & 其他 \\ \end{cases}".replace("其他", r"\text{其他}"),
        "piecewise(z > 0, z, 0)",
    ),
    (
        r"\begin{cases} -1 & z<0 \\ 0 & z=0 \\ 1 & z>0 \end{cases}",
        "piecewise(z < 0, -1, z <= 0, 0, 1)",
    ),
    (
        r"\begin{cases} -1 & z < -1 \\ z & -1 \le z \le 1 \\ 1 & z > 1 \end{cases}",
        "piecewise(z < -1, -1, z <= 1, z, 1)",
    ),
    (
        r"\begin{cases} x-\lambda & x>\lambda \\ x+\lambda & x<-\lambda \\ 0 & -\lambda \le x \le \lambda \end{cases}",
        "piecewise(x > lambda, x - lambda, x < -lambda, x + lambda, 0)",
    ),
    (
        r"\lambda\begin{dcases} z & z>0 \\ \alpha e^z-\alpha & z \leqslant 0 \end{dcases}",
        "lambda*piecewise(z > 0, z, alpha*e^z - alpha)",
    ),
    (
        r"\begin{cases} \begin{cases} 1 & z>1 \\ z \end{cases} & z > 0 \\ 0 \end{cases}",
        "piecewise(z > 0, piecewise(z > 1, 1, z), 0)",
    ),
]


@pytest.mark.parametrize(("latex", "text"), READ, ids=[latex for latex, _ in READ])
def test_what_is_read(latex, text):
    assert read_latex(latex) == read_text(text)


REFUSED = [
    (r"\input{/etc/passwd}", r"at column 1: \input is not a command that is read here"),
    (r"\def\x{z}\x", r"\def is not a command"),
    (r"z % y", "% starts a comment in LaTeX"),
    (r"\unknown", r"\unknown is not a command"),
    (r"\operatorname{foo}(z)", "there is no function 'foo'; the functions are abs"),
    (r"foo(z)", "there is no function foo"),
    (r"abc", r"there is no function abc; put spaces or \cdot between factors"),
    (r"h(z)", "there is no function h"),
    (r"z \Phi(z)", r"there is no function \Phi"),
    (r"\alpha(z)", r"there is no function \alpha: write \alpha*(…)"),
    (r"sin z", r"sin without a backslash is a product of letters: write \sin"),
    (r"W^{(1)}", "W^{(…)} is a name with a layer, not a power"),
    (r"z^{(L-1)}", "is a name with a layer"),
    (r"f'(z) = z", "a prime is a derivative"),
    (r"f^\prime", "a prime is a derivative"),
    (r"f^{\prime}", "a prime is a derivative"),
    (r"\frac{d}{dz} z", "this is a derivative: give the function itself"),
    (r"\frac{\mathrm{d}f}{\mathrm{d}z}", "this is a derivative"),
    (r"\partial z", "is for derivatives"),
    (r"\mathbf{W} z", "marks a vector or a matrix"),
    (r"\tan^{-1} z", "the inverse of tan is arctan"),
    (r"\sigma^2(1-z)", "is this a power of σ, or of σ(…)?"),
    (r"\sin z (1-z)", r"where does the argument of \sin end? write \sin(…)"),
    (r"\sin z \cdot z", r"where does the argument of \sin end?"),
    (r"\tanh z / 2", r"where does the argument of \tanh end?"),
    (r"\exp -z", r"\exp needs its argument in brackets"),
    (r"\max z", r"\max needs its argument in brackets"),
    (r"\sqrt[3]{z}", "only the roots of degree 2, 4, 8, … are read"),
    (r"z^12", "write ^{12}: without braces the exponent is one digit"),
    (r"z^-1", "an exponent is one digit, one letter, or in braces"),
    (r"z^2^3", "two exponents follow one another"),
    (r"z_i", "a _ stands between a letter and its index, a number"),
    (r"z_12", "the number 2 follows a factor without a sign"),
    (r"1/2z", "is z divided by as well?"),
    (r"\left(z\right]", "the ( is not closed before ]"),
    (r"\frac{1}{2", "at column 9: the { is not closed"),
    (r"\frac{1}", "braces should follow, as in"),
    (r"z}", "} closes nothing"),
    (r"$z", "a $ stands at both ends"),
    (r"\left.z\right|", r"\left should stand before a bracket"),
    (r"\begin{matrix} z \end{matrix}", "opens something that is not {cases}"),
    (r"\begin{cases} \end{cases}", "there are no cases"),
    (r"\begin{cases} z & z > 0", r"the \begin{cases} is not closed"),
    (r"\begin{cases} z & \text{otherwise} \\ 0 & z < 0 \end{cases}", "only the last case can do without a condition"),
    (r"\begin{cases} z & z \ge 0 \\ 0 & z \le 0 \end{cases}", "two cases hold, the last and one before it, where"),
    (r"\begin{cases} z & z > 0 \\ 0 & z < 0 \end{cases}", "no case holds where the compared term is 0"),
    (
        r"\begin{cases} x & x > \lambda \\ 0 & x < \lambda \end{cases}",
        "the last condition is not seen to be the complement of the others: write otherwise in its place",
    ),
    (r"\frac{1}{1+e^{-z}} = a", "in front of a = stands a name or f(z)"),
    (r"f(z) = z = z^2", "the sides of the equation are not seen to be the same"),
    (r"$$ $$", "the expression is empty"),
]


@pytest.mark.parametrize(("latex", "message"), REFUSED, ids=[latex for latex, _ in REFUSED])
def test_what_is_refused(latex, message):
    with pytest.raises(ParseError) as error:
        read_latex(latex)
    assert message in str(error.value)


def test_the_left_hand_side_names_the_variable():
    assert read_latex_fully(r"f(x) = kx")[0].variable == symbol("x")
    assert read_latex_fully(r"f(\alpha) = k\alpha")[0].variable == symbol("alpha")
    assert read_latex_fully(r"a = k\alpha")[0].variable is None


@pytest.mark.parametrize("text", [r"\tanh z", "e^{-z}", "z_{12}", "$z$"])
def test_what_looks_like_latex(text):
    assert looks_like_latex(text)


@pytest.mark.parametrize("text", ["z*atan(z)", "e^(-z)", "z_1 + 2", "sigmoid", ""])
def test_what_does_not_look_like_latex(text):
    assert not looks_like_latex(text)
