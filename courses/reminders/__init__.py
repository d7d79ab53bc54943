"""Who is reminded of what, when, and whether it reached them."""
