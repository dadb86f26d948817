"""The command line: what is typed goes in, and the rooms below do the work."""
