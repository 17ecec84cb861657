"""The ways of writing a term: cleaned by hand, or as a rational function over generators, whichever is shortest."""
