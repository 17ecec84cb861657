"""How Sphinx builds these pages: `make docs`."""

import re
from importlib.metadata import version as installed

project = "symnet"
author = "The symnet developers"
copyright = "2026, The symnet developers"
release = version = installed("symnet")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False  # the docstrings name types of SymPy, numpy and torch, whose pages are not linked

myst_enable_extensions = ["dollarmath", "amsmath", "deflist", "colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"

html_theme = "furo"
html_title = f"symnet {release}"
html_static_path = ["static"]
html_css_files = ["tables.css"]


def _escape_absolute_values(app, what, name, obj, options, lines) -> None:
    """|z| in a docstring is an absolute value, which reStructuredText would take for a substitution."""
    in_example = False
    for i, line in enumerate(lines):
        in_example = line.lstrip().startswith(">>>") or (in_example and bool(line.strip()))
        if not in_example:
            lines[i] = re.sub(r"(?<!`)\|(\w)\|(?!`)", r"\\|\1\\|", line)


def setup(app) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _escape_absolute_values)
