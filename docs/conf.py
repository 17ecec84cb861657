"""How Sphinx builds these pages: `make docs`."""

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
