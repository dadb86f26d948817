// Opened from a disk, a page may not read another: a browser forbids it, and says so
// in its console. The search then shows where the words are, without the lines around.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
