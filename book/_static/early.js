// Before the page is drawn: scripts run here, in light or dark, and whether this reader
// wants to see code. No line of script stands in a page itself: its policy forbids any.
(() => {
  const root = document.documentElement;
  const kept = (name) => {
    try { return localStorage.getItem(name); } catch { return null; } // may be refused to a file
  };
  root.classList.add("sb-js");
  if (kept("sourcebook-code") === "on") root.classList.add("sb-code");
  if (root.dataset.theme === "system") { // a chapter in one file: it has no switch
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => (root.dataset.theme = dark.matches ? "dark" : "light");
    dark.addEventListener("change", follow);
    follow();
  } else {
    root.dataset.mode = kept("mode") || root.dataset.theme;
    root.dataset.theme = kept("theme") || root.dataset.theme;
  }

  const deeds = {
    print: () => window.print(),
    fullscreen: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
  };
  document.addEventListener("click", (event) => {
    deeds[event.target.closest("[data-sb-do]")?.dataset.sbDo]?.();
  });
})();
