"""In and out of whole things: the codebook, the passages, the starter content. Formats do not import each other."""
