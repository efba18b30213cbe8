"""`recipe record --desktop`: an author names the places of a client program's window, and they are written for a recipe."""
