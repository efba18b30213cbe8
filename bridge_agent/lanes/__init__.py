"""Lanes as processes: the watchdog beside each, and the supervisor over several. Take-over is the lane's own work."""
