// Show the evidence for a link where it stands: the card of a claim, or of a word of the
// glossary, on hover, focus and tap. The cards wait in templates at the end of the page.
// A link is described by its card, so a screen reader says the passage with the link; an
// open card stands right after its link, so that Tab goes from the link into the card.
// Escape closes. A link still leads on, by Enter, by click, and by a second tap.
(() => {
  if (!HTMLElement.prototype.showPopover) return; // the links lead on as they are

  const SHOW = 150, HIDE = 300; // milliseconds: to pass over a link, to reach its card
  const EDGE = 8, GAP = 4; // pixels: to the window's edge, to the link
  const cards = new Map(); // by the anchor that a link names
  let open = null; // {link, card}
  let timer = 0;
  let tap = null; // {link, seen}: the link under a finger, and whether its card was open
  let quiet = false; // focus comes back by Escape and opens nothing

  const cardOf = (link) => cards.get(decodeURIComponent(link.hash.slice(1)));

  const trigger = (target) => {
    const link = target.closest?.("article a[href*='#']");
    return link && !link.closest(".sb-evidence") && cardOf(link) ? link : null;
  };

  const place = (link, card, x, y) => {
    const lines = [...link.getClientRects()];
    const line = lines.find((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom);
    const spot = line || lines[0] || link.getBoundingClientRect();
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    card.style.maxHeight = "";
    const above = spot.top - EDGE - GAP, below = height - spot.bottom - EDGE - GAP;
    const under = below >= card.offsetHeight || below >= above;
    card.style.maxHeight = `${Math.max(under ? below : above, 120)}px`;
    const left = Math.max(EDGE, Math.min(spot.left, width - card.offsetWidth - EDGE));
    const top = under ? spot.bottom + GAP : spot.top - GAP - card.offsetHeight;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${top + window.scrollY}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!open) return;
    const { link, card } = open;
    open = null;
    const inside = card.contains(document.activeElement);
    card.hidePopover();
    if (!inside) return;
    quiet = true;
    link.focus();
    quiet = false;
  };

  const show = (link, x = -1, y = -1) => {
    clearTimeout(timer);
    if (open?.link === link) return;
    if (open) hide();
    const card = cardOf(link);
    link.after(card);
    card.showPopover();
    card.scrollTop = 0;
    place(link, card, x, y);
    open = { link, card };
  };

  const holdsFocus = () =>
    open.link === document.activeElement || open.card.contains(document.activeElement);

  const over = (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(timer);
    const link = trigger(event.target);
    if (link) timer = setTimeout(show, SHOW, link, event.clientX, event.clientY);
    else if (open && !open.card.contains(event.target) && !holdsFocus())
      timer = setTimeout(hide, HIDE);
  };

  const focused = ({ target }) => {
    if (quiet) return;
    const link = trigger(target);
    if (link && link.matches(":focus-visible")) show(link);
    else if (open && !open.card.contains(target) && open.link !== target) hide();
  };

  const pressed = ({ target, pointerType }) => {
    const link = trigger(target);
    tap = pointerType === "touch" && link ? { link, seen: open?.link === link } : null;
    if (open && open.link !== link && !open.card.contains(target)) hide();
  };

  const clicked = (event) => {
    if (event.target.closest?.(".sb-close")) return hide();
    if (!tap || tap.seen || trigger(event.target) !== tap.link) return;
    event.preventDefault();
    show(tap.link, event.clientX, event.clientY);
  };

  const make = (template) => {
    const card = template.content.firstElementChild;
    const close = document.createElement("button"); // a finger has no Escape
    close.type = "button";
    close.className = "sb-close";
    close.textContent = "Close";
    card.lastElementChild.append(close);
    cards.set(card.id.slice("card-".length), card);
    template.replaceWith(card);
  };

  const describe = (link) => {
    if (!trigger(link)) return;
    link.removeAttribute("title"); // the card says more
    link.setAttribute("aria-describedby", `${cardOf(link).id}-says`);
  };

  const start = () => {
    document.querySelectorAll("template.sb-evidence-of").forEach(make);
    document.querySelectorAll("article a[href*='#']").forEach(describe);
    document.addEventListener("pointerover", over);
    document.documentElement.addEventListener("pointerleave", over);
    document.addEventListener("focusin", focused);
    document.addEventListener("pointerdown", pressed);
    document.addEventListener("click", clicked);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    window.addEventListener("resize", hide);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
