"""The benchmarks are scripts, not tests: `make bench` runs them."""

collect_ignore_glob = ["*.py"]
