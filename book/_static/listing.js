// Bring every listing of a page to life: sort, search, filter by column, take away.
// Without this script the whole table stands in the page.
(() => {
  const PREFIX = "sb-listing-";
  const PAGE = 25;
  const words = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  const element = (name, attributes = {}, text = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  // What a reader may choose in a column: whole cells, or the parts of a cell.
  const values = (cell, use) =>
    use === "facets" ? words(cell).split(", ").filter(Boolean) : [words(cell)];

  // Each cell says its column, for phones, where a row stands as a small card. A row
  // drawn as a card is no row to a browser any more, so its role is said as well.
  const roles = (table, heads) => {
    table.setAttribute("role", "table");
    for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute("role", "rowgroup");
    for (const head of heads) {
      head.setAttribute("role", "columnheader");
      head.dataset.label = words(head);
    }
    heads[0].parentElement.setAttribute("role", "row");
  };
  const label = (row, { tr }, names, shown) => {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, at) => {
      cell.className = tr.cells[shown[at]].className;
      cell.dataset.label = names[shown[at]];
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
    });
  };

  const facetsOf = (heads, rows) =>
    heads.flatMap((head, at) => {
      const use = [...head.classList].find((each) => each.startsWith(PREFIX + "facet"));
      if (!use) return [];
      const held = rows.map((row) => values(row.cells[at], use.slice(PREFIX.length)));
      const seen = [...new Set(held.flat())].sort((a, b) => a.localeCompare(b, "en"));
      const select = element("select");
      select.append(new Option("any", "\u0000"));
      const options = seen.map((value) => {
        const option = new Option("", value);
        select.append(option);
        return option;
      });
      return [{ at, name: words(head), held, select, options }];
    });

  const chosen = (facet) => facet.select.selectedIndex > 0;
  const passes = (facet, row) => !chosen(facet) || facet.held[row].includes(facet.select.value);

  // Beside each value: in how many rows it stands, given what else is chosen.
  const count = (facets, rows) => {
    for (const facet of facets) {
      const others = facets.filter((each) => each !== facet);
      const counts = new Map();
      rows.forEach((_, row) => {
        if (others.every((each) => passes(each, row)))
          for (const value of facet.held[row]) counts.set(value, (counts.get(value) || 0) + 1);
      });
      for (const option of facet.options) {
        const number = counts.get(option.value) || 0;
        option.textContent = `${option.value || "(empty)"} (${number})`;
        option.disabled = number === 0 && !option.selected;
      }
    }
  };

  const facetBar = (facets, rows, api, search) => {
    const bar = element("div", { class: "sb-facets", role: "group", "aria-label": "Filter the table" });
    const clear = element("button", { type: "button", class: "sb-clear" }, "Clear filters");
    const quiet = () => { clear.disabled = !facets.some(chosen) && !search.field.value; };
    const apply = () => {
      count(facets, rows);
      for (const facet of facets)
        api.column(facet.at).search.fixed(
          "facet",
          chosen(facet) ? (_data, _row, row) => passes(facet, row) : null,
        );
      api.draw();
      quiet();
    };
    for (const facet of facets) {
      const line = element("label", {}, facet.name);
      line.append(facet.select);
      bar.append(line);
      facet.select.addEventListener("change", apply);
    }
    clear.addEventListener("click", () => {
      for (const facet of facets) facet.select.selectedIndex = 0;
      search.field.value = "";
      search.look(api);
      apply();
    });
    search.field.addEventListener("input", quiet);
    bar.append(clear);
    apply();
    return bar;
  };

  const is = (head, use) => head.classList.contains(PREFIX + use);

  // A time is sorted by its first day, or by its last where the first is not known. What
  // both ends share is said at the second alone: "29 to 30 April 2022".
  const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const day = (point, rest) => {
    const parts = point.match(/\d{4}|\d+|[A-Z][a-z]+/g) || [];
    const year = [...parts, ...rest].find((each) => /^\d{4}$/.test(each));
    const month = [...parts, ...rest].find((each) => /^[A-Z]/.test(each));
    const number = month && MONTHS.indexOf(month.slice(0, 3)) / 3 + 1;
    const date = parts.find((each) => /^\d{1,2}$/.test(each));
    return [year, number || 0, date || 0].map((each) => String(each).padStart(2, "0")).join("-");
  };
  const order = (time) => {
    const ends = time.split(" to ");
    const last = ends.at(-1).match(/\d{4}|[A-Z][a-z]+/g);
    return last ? day(ends[0], /\d{4}/.test(ends[0]) ? [] : last) + day(ends.at(-1), []) : "";
  };

  // What proves a row away stands in a fold of its first cell, and still filters.
  const fold = (heads, tr) => {
    const lines = heads.map((head, at) =>
      is(head, "aside") && words(tr.cells[at])
        ? `<dt>${words(head)}</dt><dd>${tr.cells[at].innerHTML}</dd>`
        : "",
    ).join("");
    return lines && `<details class="sb-aside"><summary>More</summary><dl>${lines}</dl></details>`;
  };

  // A row is made when it is drawn: the page that is seen, not the hundreds after it.
  const columnOf = (head, at, heads) => ({
    type: is(head, "number") ? "num" : "string-utf8",
    cellType: at ? "td" : "th",
    visible: !is(head, "aside"),
    data: ({ tr }, use) => {
      if (use === "display") return tr.cells[at].innerHTML + (at ? "" : fold(heads, tr));
      return is(head, "time") && use === "sort" ? order(words(tr.cells[at])) : words(tr.cells[at]);
    },
  });

  // As the search of the whole book does: no accents, no case, any quotation mark, and
  // "4.3 %" is "4.3%".
  const level = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[‘’‚ʼ]/g, "'").replace(/[“”„«»]/g, '"').replace(/(\d)(?:\s?%|\sper\s?cent)/g, "$1%");

  // A field whose words each stand somewhere in a row.
  const searching = (rows) => {
    let leveled = null;
    const line = element("label", { class: "dt-search" }, "Search ");
    const field = element("input", { type: "search", class: "dt-input", placeholder: "words in any column" });
    line.append(field);
    const look = (api) => {
      leveled ||= rows.map(({ tr }) => [...tr.cells].map((cell) => level(words(cell))).join(" "));
      const sought = level(field.value).replaceAll('"', " ").split(/\s+/).filter(Boolean);
      const finds = (_data, _row, row) => sought.every((word) => leveled[row].includes(word));
      api.search.fixed("words", sought.length ? finds : null);
      api.draw();
    };
    return { line, field, look };
  };

  const file = (caption) => caption.toLowerCase().replace(/[^a-z0-9]+/g, "-");

  const buttons = (caption) => {
    const common = { title: null, exportOptions: { orthogonal: "export" } };
    return [
      { extend: "copyHtml5", text: "Copy", ...common },
      { extend: "csvHtml5", text: "CSV", filename: file(caption), bom: false, ...common },
    ];
  };

  // Paper has no second page to click to: every row that the filters leave is printed.
  const onPaper = (api) => {
    let length = 0;
    window.addEventListener("beforeprint", () => {
      length ||= api.page.len();
      api.page.len(-1).draw();
    });
    window.addEventListener("afterprint", () => {
      if (length) api.page.len(length).draw();
      length = 0;
    });
  };

  const enliven = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const names = heads.map(words);
    const rows = [...table.tBodies[0].rows].map((tr) => ({ tr }));
    const caption = words(table.caption.querySelector(".caption-text"));
    const facets = facetsOf(heads, rows.map(({ tr }) => tr));
    const shown = heads.flatMap((head, at) => (is(head, "aside") ? [] : [at]));
    const pages = rows.length > PAGE;
    const search = searching(rows);
    roles(table, heads);
    table.tBodies[0].replaceChildren();
    const api = new window.sbTables.Api(
      window.sbTables.$(table).dataTable({
        data: rows,
        order: [],
        autoWidth: false,
        pageLength: PAGE,
        paging: pages,
        lengthMenu: [PAGE, 100, { label: "all", value: -1 }],
        columns: heads.map(columnOf),
        createdRow: (row, data) => label(row, data, names, shown),
        layout: {
          topStart: () => search.line,
          topEnd: { buttons: buttons(caption) },
          bottomStart: pages ? ["info", "pageLength"] : "info",
          bottomEnd: pages ? "paging" : null,
        },
      }),
    );
    search.field.addEventListener("input", () => search.look(api));
    const box = api.table().container();
    box.classList.add("sb-listing-live");
    if (facets.length) box.prepend(facetBar(facets, rows, api, search));
    onPaper(api);
  };

  const start = () => {
    const tables = document.querySelectorAll("table.sb-listing");
    if (window.sbTables) tables.forEach(enliven);
    else document.documentElement.classList.add("sb-plain"); // all rows, as they came
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
