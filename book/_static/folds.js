// Fold what proves the page away, and bring back what a link leads to. Folds are written
// open: paper, e-readers and pages without scripts show everything.
(() => {
  const page = document.documentElement;
  const folds = () => document.querySelectorAll("details.sb-fold");

  const reveal = (target) => {
    for (let each = target; each; each = each.parentElement)
      if (each.localName === "details") each.open = true;
  };

  const follow = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target || !target.closest("details")) return;
    reveal(target);
    target.scrollIntoView();
  };

  let closed = []; // what stood closed when printing began
  const print = () => {
    closed = [...document.querySelectorAll("details.sb-fold:not(.sb-more, [open])")];
    closed.forEach((each) => (each.open = true));
  };
  const printed = () => closed.forEach((each) => (each.open = false));

  // One switch, in two places: on a phone it is in the menu, where no finger slips on it.
  const switches = () => document.querySelectorAll(".sb-code-switch");
  const showCode = (on) => {
    page.classList.toggle("sb-code", on);
    document.querySelectorAll("details.above-input").forEach((each) => (each.open = on));
    switches().forEach((each) => each.setAttribute("aria-pressed", String(on)));
    try {
      localStorage.setItem("sourcebook-code", on ? "on" : "off");
    } catch { /* not remembered, then */ }
  };

  const start = () => {
    folds().forEach((each) => (each.open = false));
    page.classList.add("sb-folded");
    for (const button of switches()) {
      button.hidden = false;
      button.addEventListener("click", () => showCode(!page.classList.contains("sb-code")));
    }
    if (switches().length) showCode(page.classList.contains("sb-code"));
    follow();
    window.addEventListener("hashchange", follow);
    // A second click on the same link changes no hash.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href*='#']");
      if (link && link.hash && link.hash === location.hash && link.pathname === location.pathname) follow();
    });
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", printed);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
