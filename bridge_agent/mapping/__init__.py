"""From an application and a recipe to an entry plan: reading recipes, checking values, converting them. No screens."""
