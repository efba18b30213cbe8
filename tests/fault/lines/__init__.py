"""The rows of the fault table, by chapter of the fault menu."""
