"""How fast QCode is: run `scripts/bench NAME`. Machines differ and are shared, so compare ratios, not figures."""
