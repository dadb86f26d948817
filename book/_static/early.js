// Before the page is drawn: scripts run here, and whether this reader wants to see code.
document.documentElement.classList.add("sb-js");
try {
  if (localStorage.getItem("sourcebook-code") === "on")
    document.documentElement.classList.add("sb-code");
} catch { /* a browser may refuse storage to a page opened from a folder */ }
