"""What a recipe can ask of a screen before the commit: one small class a step kind, all listed in kinds."""
