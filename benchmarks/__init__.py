"""How fast: dossiers of any size from a seed, the phases of a build, and the same content through other programs."""
