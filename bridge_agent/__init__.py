"""Bridge agent: carries approved online applications into core systems' own screens, each exactly once (方式２)."""

__version__ = "0.1.0"
