// For pages that `sourcebook serve` hands out, and no others: a page is loaded anew when
// it was made anew, at the place where its reader was, and a fault stands over it.
(() => {
  const key = `sourcebook-place:${location.pathname}`;
  const BLOCKS = "h1, h2, h3, p, li, table, figure, summary, pre";
  const blocks = () => [...document.querySelectorAll(BLOCKS)];
  const folds = () => [...document.querySelectorAll("details")];

  const keep = () => {
    const all = blocks();
    const first = all.findIndex((each) => each.getBoundingClientRect().bottom > 80);
    const block = all[first];
    const place = {
      y: scrollY,
      number: first,
      words: block?.textContent.slice(0, 200),
      top: block?.getBoundingClientRect().top,
      open: folds().map((each) => each.open),
    };
    sessionStorage.setItem(key, JSON.stringify(place));
  };

  const restore = () => {
    const kept = sessionStorage.getItem(key);
    if (!kept) return;
    sessionStorage.removeItem(key);
    const place = JSON.parse(kept);
    const now = folds();
    if (now.length === place.open.length)
      now.forEach((each, number) => (each.open = place.open[number]));
    // The block with the same words that is nearest in number; else the number alone.
    const all = blocks();
    const same = all
      .map((each, number) => [each, Math.abs(number - place.number)])
      .filter(([each]) => each.textContent.slice(0, 200) === place.words)
      .sort((one, other) => one[1] - other[1]);
    const block = same.length ? same[0][0] : all[place.number];
    const by = block ? block.getBoundingClientRect().top - place.top : place.y - scrollY;
    scrollBy({ top: by, behavior: "instant" });
  };

  const say = (fault) => {
    document.getElementById("sourcebook-fault")?.remove();
    if (!fault) return;
    const box = document.createElement("div");
    box.id = "sourcebook-fault";
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:9999;max-height:50vh;overflow:auto;" +
      "padding:1rem 1.5rem;background:#7a1010;color:#fff;font:14px/1.45 monospace;" +
      "white-space:pre-wrap;overflow-wrap:anywhere";
    const head = document.createElement("strong");
    head.textContent = "Not built: below is the last good page.\n";
    const hide = document.createElement("button");
    hide.textContent = "Hide";
    hide.style.cssText = "float:right;font:inherit;padding:0.1rem 0.6rem";
    hide.onclick = () => box.remove();
    box.append(hide, head, fault);
    document.body.append(box);
  };

  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  addEventListener("load", restore);
  let first;
  const news = new EventSource(`EVENTS?${encodeURIComponent(location.pathname)}`);
  news.onmessage = (event) => {
    const told = JSON.parse(event.data);
    first ??= told.page;
    if (first === told.page) return say(told.fault);
    keep();
    location.reload();
  };
})();
