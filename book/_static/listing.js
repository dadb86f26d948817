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
  const label = (table, rows, heads) => {
    table.setAttribute("role", "table");
    for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute("role", "rowgroup");
    for (const head of heads) head.setAttribute("role", "columnheader");
    for (const row of [heads[0].parentElement, ...rows]) row.setAttribute("role", "row");
    for (const row of rows)
      [...row.cells].forEach((cell, at) => {
        cell.dataset.label = words(heads[at]);
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

  const facetBar = (facets, rows, api) => {
    const bar = element("div", { class: "sb-facets", role: "group", "aria-label": "Filter the table" });
    const clear = element("button", { type: "button", class: "sb-clear" }, "Clear filters");
    const apply = () => {
      count(facets, rows);
      for (const facet of facets)
        api.column(facet.at).search.fixed(
          "facet",
          chosen(facet) ? (_data, _row, row) => passes(facet, row) : null,
        );
      api.draw();
      clear.disabled = !facets.some(chosen) && !api.search();
    };
    for (const facet of facets) {
      const line = element("label", {}, facet.name);
      line.append(facet.select);
      bar.append(line);
      facet.select.addEventListener("change", apply);
    }
    clear.addEventListener("click", () => {
      for (const facet of facets) facet.select.selectedIndex = 0;
      api.search("");
      apply();
    });
    api.on("search", () => { clear.disabled = !facets.some(chosen) && !api.search(); });
    bar.append(clear);
    apply();
    return bar;
  };

  const is = (head, use) => head.classList.contains(PREFIX + use);
  const columnOf = (head) => ({ type: is(head, "number") ? "num" : "string-utf8" });

  // A time is sorted by its first day, or by its last where the first is not known.
  const day = (text) => `${text.replace(/[?~%]/g, "").replaceAll("X", "0")}-00-00`.slice(0, 10);
  const order = (time) => {
    const ends = time.split("/").filter((each) => each && each !== "..");
    return ends.length ? day(ends[0]) + day(ends.at(-1)) : "";
  };
  const timed = (rows, heads) =>
    heads.forEach((head, at) => {
      if (is(head, "time"))
        for (const row of rows) row.cells[at].dataset.order = order(words(row.cells[at]));
    });

  const file = (caption) => caption.toLowerCase().replace(/[^a-z0-9]+/g, "-");

  const buttons = (caption) => {
    const common = { title: null, exportOptions: { format: { body: (_d, _r, _c, cell) => words(cell) } } };
    return [
      { extend: "copyHtml5", text: "Copy", ...common },
      { extend: "csvHtml5", text: "CSV", filename: file(caption), bom: false, ...common },
    ];
  };

  const enliven = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const caption = words(table.caption.querySelector(".caption-text"));
    const facets = facetsOf(heads, rows);
    const pages = rows.length > PAGE;
    label(table, rows, heads);
    timed(rows, heads);
    const api = new window.sbTables.Api(
      window.sbTables.$(table).dataTable({
        order: [],
        autoWidth: false,
        pageLength: PAGE,
        paging: pages,
        lengthMenu: [PAGE, 100, { label: "all", value: -1 }],
        columns: heads.map(columnOf),
        layout: {
          topStart: "search",
          topEnd: { buttons: buttons(caption) },
          bottomStart: pages ? ["info", "pageLength"] : "info",
          bottomEnd: pages ? "paging" : null,
        },
        language: { search: "Search", searchPlaceholder: "words in any column" },
      }),
    );
    const box = api.table().container();
    box.classList.add("sb-listing-live");
    if (facets.length) box.prepend(facetBar(facets, rows, api));
  };

  const start = () => {
    if (window.sbTables) document.querySelectorAll("table.sb-listing").forEach(enliven);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
