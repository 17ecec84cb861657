"""The search: it writes derivations, which the kernel then replays. Nothing here is trusted."""
