"""What a run leaves behind for people: sealed evidence and the morning sheet."""
