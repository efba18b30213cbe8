"""The crash-point matrix: every named point x {kill, exception, disk full, pause} x what the core did."""
