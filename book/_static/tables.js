// Under every table of data, a button that saves what is in it as CSV. Nothing is
// fetched: the file is made from the page.
(() => {
  const TABLES = ".sb-table table, .cell_output table.dataframe";

  // A spreadsheet takes some texts for formulas; an apostrophe in front makes them
  // text again, as in the book's own CSV files. Numbers are left alone.
  const guarded = (text) =>
    /^[=+\-@\t\r\n'＝＋－＠]/.test(text) && !/^[-+]?[\d.,]+%?$/.test(text) ? `'${text}` : text;

  const cell = (element) => {
    const text = guarded(element.innerText.trim().replace(/\s*\n\s*/g, " "));
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  const csv = (table) =>
    [...table.rows].map((row) => [...row.cells].map(cell).join(",") + "\r\n").join("");

  const slug = (words) =>
    words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);

  const save = (table, name) => {
    const link = document.createElement("a");
    // The mark in front tells a spreadsheet that the letters are UTF-8.
    const file = new Blob(["\ufeff", csv(table)], { type: "text/csv;charset=utf-8" });
    link.href = URL.createObjectURL(file);
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const add = (table, number) => {
    const page = slug(document.querySelector("h1")?.firstChild?.textContent || "table");
    const caption = table.caption?.innerText.trim() || "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sb-csv pst-js-only";
    button.textContent = "Save this table (CSV)";
    button.setAttribute("aria-label", `Save this table (CSV): ${caption || `table ${number + 1}`}`);
    button.addEventListener("click", () => save(table, slug(caption) || `${page}-${number + 1}`));
    (table.closest(".sb-table") || table).after(button);
  };

  const start = () => [...new Set(document.querySelectorAll(TABLES))].forEach(add);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
