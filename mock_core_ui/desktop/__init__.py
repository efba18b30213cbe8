"""A windowed client of a core system, as municipalities have them: its own program, driven by keys and the clipboard.

It draws its entry windows from the mock's catalogue and talks to its server over HTTP. It never sends a request twice.
"""
