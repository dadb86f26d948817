// Search: one box for questions, passages, pages and names, answers first. The rows come
// from the build (search-data.js) and are read when a reader first searches; a script
// tag brings them, which a page opened from a folder may use as well.
(() => {
  const GROUPS = [
    ["Answers", ["lead", "main", "detail"], 3], // so many are shown in the dialog
    ["Passages", ["passage"], 5],
    ["Public record (outside the documents)", ["fact"], 4],
    ["Pages", ["page"], 3],
    ["Names and terms", ["name"], 4],
  ];
  const MANY = 40; // of a group, on the page
  const FIELDS = [[1, 2.5], [2, 1.5], [3, 0.8]]; // of a row: title, text, unseen words
  const RANKS = { lead: 1.25, main: 1.1, detail: 1 };
  const COMMON = new Set(
    ("a about an and any are as at be been by can could did do does for from had has have how i in into is it its many " +
      "me much of on or over s tell that the their there this to was were what when where which who whom whose why " +
      "will with would you").split(" "),
  );
  const WORD = /\d+(?:[.,]\d+)*(?:\s?%|\sper\s?cent(?!\p{L}))?|\p{L}[\p{L}\p{M}\d]*(?:['’][\p{L}\p{M}]+)*/gu;

  const stem = (word) => {
    if (word.length < 4) return word;
    let cut = word.replace(/ies$/, "y").replace(/(?<=[^sui])s$/, "");
    const bare = cut.replace(/(?<=.{4})(?:ing|ed)$/, "");
    if (bare !== cut) cut = bare.replace(/([bdgmnprt])\1$/, "$1");
    return cut.length > 4 ? cut.replace(/e$/, "") : cut;
  };
  // A word as it is compared: no accents, no case, no endings; "4.3 %" and "4.3 per cent" alike.
  const level = (word) => {
    if (/^\d/.test(word)) {
      const number = word.match(/^[\d.,]*\d/)[0].replace(/,(?=\d{3}(?!\d))/g, "").replace(",", ".");
      return word.length > word.match(/^[\d.,]*\d/)[0].length ? [number, `${number}%`] : [number];
    }
    const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const said = plain.replace(/ə/g, "a").replace(/ı/g, "i").replace(/['’]s$/, "").replace(/['’]/g, "");
    if (COMMON.has(said)) return [];
    return [stem(said)];
  };
  const words = (text) => (text.match(WORD) || []).map(level).filter((each) => each.length);
  const DATED = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\s+(?:\d\d?,?\s+)?\d{4}\b/giu;
  // A term of a search through the documents, as the book writes it: * takes any ending.
  const looked = (term) => new RegExp(
    `(?<![\\p{L}\\d])${term.replace(/[.()+?^$|[\]{}\\]/g, "\\$&").replace(/\*/g, "\\p{L}*").replace(/ /g, "\\s+")}(?![\\p{L}\\d])`, "giu");

  // One letter more, less, other, or two exchanged.
  const slip = (a, b) => {
    if (a.length < 5 || b.length < 5 || a[0] !== b[0] || Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const [one, two] = [a.slice(at), b.slice(at)];
    return one.slice(1) === two.slice(1) || one.slice(1) === two || one === two.slice(1) ||
      (one[0] === two[1] && one[1] === two[0] && one.slice(2) === two.slice(2));
  };

  let index = null;
  const build = ({ rows, alike = [], unfound = null }) => {
    const postings = new Map();
    const docs = rows.map((row, number) => {
      const lines = FIELDS.map(([field, weight]) => {
        const found = words(row[field]);
        for (const token of found.flat()) {
          const at = postings.get(token) || postings.set(token, new Map()).get(token);
          const had = at.get(number) || 0;
          at.set(number, had + (had >= weight ? 0.2 : weight));
        }
        return ` ${found.map((each) => each.at(-1)).join(" ")} `;
      });
      const own = row[0] === "page" ? words(row[3].split(" · ")[0]).flat() : [];
      return { row, own, line: lines.join("|"), length: lines[0].length + lines[1].length };
    });
    const senses = alike.map((line) => line.split(" ").map(stem));
    index = { docs, postings, senses, tokens: [...postings.keys()], unfound };
  };

  // The words of the index that one word of a query may mean, each with how nearly.
  const meant = ([plain, exact], last) => {
    const found = new Map();
    const put = (token, near) => {
      if (index.postings.has(token) && near > (found.get(token) || 0)) found.set(token, near);
    };
    if (exact) { put(exact, 1); put(plain, found.size ? 0.15 : 0.8); return found; }
    put(plain, 1);
    if (/^\d/.test(plain)) return found;
    for (const sense of index.senses) if (sense.includes(plain)) sense.forEach((each) => put(each, 0.6));
    const known = found.size; // then a short word is no beginning of another
    for (const token of index.tokens) {
      if (token.startsWith(plain) && plain.length >= (last && !known ? 2 : 4)) put(token, 0.6);
      else if (token.length > 4 && plain.startsWith(token)) put(token, 0.5);
    }
    if (!found.size) for (const token of index.tokens) if (slip(plain, token)) put(token, 0.6);
    return found;
  };

  // Every row that shares a word with the query, best first; and the words found.
  const find = (query) => {
    const asked = words(query);
    const total = index.docs.length;
    const scores = new Map();
    const marks = new Set();
    let all = 0;
    // The query's words as the index has them, so that a slip does not break a phrase.
    const said = asked.map((word, place) => {
      const found = meant(word, place === asked.length - 1 && !/[\s?]$/.test(query));
      const best = new Map();
      let rare = 0;
      for (const [token, near] of found) {
        marks.add(token);
        const at = index.postings.get(token);
        const idf = Math.log(1 + total / at.size) * (/^\d/.test(token) ? 1.5 : 1);
        if (near === 1 || !rare) rare = Math.max(rare, idf);
        for (const [doc, weight] of at)
          best.set(doc, Math.max(best.get(doc) || 0, (near * weight) / (weight + 1)));
      }
      all += rare;
      for (const [doc, weight] of best) {
        const had = scores.get(doc) || { score: 0, cover: 0 };
        scores.set(doc, { score: had.score + rare * weight, cover: had.cover + rare });
      }
      return found.has(word.at(-1)) || !found.size ? word.at(-1) : found.keys().next().value;
    });
    const whole = ` ${said.join(" ")} `;
    const pairs = said.slice(1).map((word, at) => ` ${said[at]} ${word} `);
    const hits = [...scores].map(([doc, { score, cover }]) => {
      const { row, own, line, length } = index.docs[doc];
      const near = 1 + 0.4 * pairs.filter((pair) => line.includes(pair)).length;
      const short = 1 / (0.85 + length / 2000);
      const named = row[0] === "name" && row[4] !== "topic" && line.startsWith(`${whole}|`);
      const called = named || said.every((word) => own.includes(word));
      return { row, called, cover: cover / all, score: score * (cover / all) ** 2 * near * short * (RANKS[row[0]] || 1) };
    });
    return { hits: hits.sort((a, b) => b.called - a.called || b.score - a.score), marks };
  };

  // Those worth showing, by group: a row that lacks most of what others have is left out.
  const grouped = (hits) => {
    const most = Math.max(...hits.map(({ cover }) => cover));
    const top = Math.max(...hits.map(({ score }) => score));
    const groups = GROUPS.map(([name, kinds, few]) => {
      const own = hits.filter(({ row, cover }) => kinds.includes(row[0]) && cover >= 0.5 * most);
      const best = Math.max(...own.map(({ score }) => score));
      return { name, few, hits: own.filter(({ called, score }) => called || score >= 0.25 * best) };
    }).filter(({ hits: own }) => own.length);
    // Whoever is asked for by name comes first, then answers, if they answer.
    const place = ({ hits: [first] }) => (first.called ? 0 : first.score < 0.35 * top ? 2 : 1);
    return groups.sort((a, b) => place(a) - place(b));
  };

  // What of a query the book searched all documents for, and found in none: matters, and
  // where nothing is found here either, single words, whose matter may have others.
  const unfound = (query, count) => {
    const { matters = [], words: single = [] } = index.unfound || {};
    const terms = [...matters, ...(count ? [] : single)];
    const asked = count ? query.replace(DATED, " ") : query; // a day's year is not asked for
    return [...new Set(terms.flatMap((term) => asked.match(looked(term)) || []))];
  };

  const made = (name, kind, ...inside) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...inside);
    return element;
  };
  const MOST = 230; // characters of an excerpt
  const marked = (text, marks) => {
    const found = [...text.matchAll(WORD)].filter(([word]) => level(word).some((each) => marks.has(each)));
    const from = text.length > MOST && found.length ? Math.max(0, text.lastIndexOf(" ", found[0].index - 70)) : 0;
    const to = text.length - from > MOST ? text.lastIndexOf(" ", from + MOST) : text.length;
    const parts = [from ? "… " : ""];
    let at = from;
    for (const match of found.filter(({ index: place }) => place >= from && place < to)) {
      parts.push(text.slice(at, match.index), made("mark", "", match[0]));
      at = match.index + match[0].length;
    }
    return [...parts, text.slice(at, Math.max(at, to)), to < text.length ? " …" : ""];
  };

  // A passage stands in quotation marks here: its own, at an end and without a match, go.
  const unquoted = (text) => {
    const [opened, closed] = ["“", "”"].map((mark) => text.split(mark).length);
    if (/^“[^“”]*”$/.test(text)) return text.slice(1, -1);
    if (opened > closed) return text.replace(/^“/, "");
    return closed > opened ? text.replace(/”$/, "") : text;
  };

  const root = () => document.documentElement.dataset.content_root ?? "./"; // "" in a chapter of one file
  const hit = ({ row: [kind, title, text, , below, address] }, marks) => {
    const link = made("a", "sb-hit");
    link.href = root() + address;
    if (kind === "passage") link.append(made("q", "sb-hit-words", ...marked(unquoted(text), marks)));
    else {
      link.append(made("strong", "", ...marked(title, marks)));
      if (text) link.append(made("span", "sb-hit-words", ...marked(text, marks)));
    }
    const [first, ...rest] = below.split(" · ");
    const asked = kind in RANKS;
    link.append(made("span", "sb-hit-below", made("span", asked ? "sb-badge" : "", first), ...rest.map((each) => ` · ${each}`)));
    return made("li", "", link);
  };

  const show = (form, query) => {
    const place = form.parentElement.querySelector(".sb-hits");
    const status = form.parentElement.querySelector(".sb-search-status");
    const { hits, marks } = find(query);
    const groups = grouped(hits);
    const most = (few) => (form.closest("dialog") ? few : MANY);
    const count = groups.reduce((sum, group) => sum + group.hits.length, 0);
    place.replaceChildren(...groups.flatMap(({ name, few, hits: own }) => [
      made("h2", "sb-hits-head", name),
      made("ul", "", ...own.slice(0, most(few)).map((each) => hit(each, marks))),
    ]));
    place.scrollTop = 0;
    const missing = unfound(query, count);
    const nothing = !missing.length && words(query).length ? "Nothing found: try other words, or fewer." : "";
    const shown = place.querySelectorAll("li").length;
    status.replaceChildren(count ? `${count} found${shown < count ? `, the best ${shown} are shown` : ""}` : nothing);
    if (!missing.length) return;
    const link = made("a", "sb-hit", `${index.unfound.said}: ${missing.join(", ")}`);
    link.href = root() + index.unfound.address;
    status.append(link);
  };

  let loading = null;
  const load = () => {
    const own = document.getElementById("sb-search-rows"); // a chapter in one file brings its rows
    loading ||= own ? Promise.resolve(build(JSON.parse(own.textContent))) : new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${root()}_static/search-data.js`;
      script.onload = () => { build(window.sourcebookSearch); done(); };
      document.head.append(script);
    });
    return loading;
  };

  const enliven = (form) => {
    const input = form.querySelector("input");
    const look = () => load().then(() => show(form, input.value));
    input.addEventListener("focus", load);
    input.addEventListener("input", look);
    form.addEventListener("submit", (event) => {
      if (form.hasAttribute("action")) return; // to the page of all results
      event.preventDefault();
      form.parentElement.querySelector("a.sb-hit")?.click();
    });
    form.parentElement.addEventListener("keydown", (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
      const stops = [input, ...form.parentElement.querySelectorAll("a.sb-hit")];
      const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    return look;
  };

  const start = () => {
    const dialog = document.getElementById("sb-search");
    const page = document.querySelector("main form.sb-search");
    if (page) {
      const look = enliven(page);
      page.querySelector("input").value = new URLSearchParams(location.search).get("q") || "";
      page.querySelector("input").focus();
      look();
    }
    if (!dialog) return;
    const form = dialog.querySelector("form");
    enliven(form);
    const open = () => {
      if (!dialog.open) dialog.showModal();
      form.querySelector("input").select();
    };
    document.querySelectorAll(".sb-search-open").forEach((each) => each.addEventListener("click", open));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a.sb-hit")) dialog.close();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      const keys = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!keys && (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey)) return;
      event.preventDefault();
      open();
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
