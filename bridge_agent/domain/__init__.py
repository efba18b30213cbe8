"""The trade's words and rules as plain data: no I/O, no outside library but pydantic."""
