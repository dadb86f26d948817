"""Fifth floor: files in, files out. Exports, caches, the build and the command line."""
