"""Management systems: where approved applications come from and where 連携済 is reported."""
