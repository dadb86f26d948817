"""A collection of one's own: an empty one that builds, tests and publishes at once."""
