"""What authors and IT staff work with before the nights: recipes, cores and their measurements."""
