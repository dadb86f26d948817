// In JupyterLab a mark in a text, {claim}`words <citekey/id>`, reads as its words, and
// leads to the line that says it: in a sheet, in a chapter's questions, in the record.
// So do the links of outputs, which are made for the built book, where pages are.
//
// It is an extension that needs no building, and of JupyterLab it uses two commands and
// the names of its boxes. Without it a mark is printed as it is written.
(() => {
  const ROLE = /\{(claim|fact|holds|question|data)\}$/;
  const MARK = /^([^]*?)\s*<([^<>]+)>$/;
  const PAGES = [ // of the built book: where a link leads, and what it names there
    ["claim", /\/book\/claims\/([^/?#]+)\.html(?:\?[^#]*)?#claim-\1-(.+)$/],
    ["question", /\/notebooks\/synthesis\/([^/?#]+)\.html(?:\?[^#]*)?#question-(.+)$/],
    ["fact", /\/notebooks\/synthesis\/(record)\.html(?:\?[^#]*)?#fact-(.+)$/],
  ];
  const BELOW = 12; // lines to show under the one that is meant

  const file = (role, name) =>
    ({ claim: `seeds/${name}.yml`, question: `book/questions/${name}.yml`, fact: "book/record" })[role];

  // What a link leads to: {path, id}, or null where it is none of ours.
  const meant = (anchor) => {
    if (anchor.dataset.sbPath) return { path: anchor.dataset.sbPath, id: anchor.dataset.sbId };
    for (const [role, page] of PAGES) {
      const found = anchor.href.match(page);
      if (found) return { path: file(role, found[1]), id: decodeURIComponent(found[2]) };
    }
    return null;
  };

  const link = (words, role, target) => {
    const [name, id] = target.split("/");
    const path = file(role, name);
    const made = document.createElement(path ? "a" : "span");
    made.textContent = words;
    made.title = `${role}: ${target}`;
    if (path) {
      made.href = "#";
      made.dataset.sbPath = path;
      made.dataset.sbId = id || name;
    } else made.style.borderBottom = "1px dotted";
    return made;
  };

  const read = () => {
    for (const code of document.querySelectorAll(".jp-RenderedMarkdown code")) {
      const before = code.previousSibling;
      const role = before?.nodeType === Node.TEXT_NODE && before.data.match(ROLE);
      const mark = role && code.textContent.match(MARK);
      if (!mark) continue;
      before.data = before.data.slice(0, -role[0].length);
      code.replaceWith(link(mark[1], role[1], mark[2]));
    }
  };

  const activate = (app) => {
    const { contents } = app.serviceManager;

    const open = async ({ path, id }) => {
      const found = await contents.get(path);
      const paths = found.type === "directory" ? found.content.map((each) => each.path) : [path];
      for (const one of paths) {
        const lines = (await contents.get(one)).content.split("\n");
        const line = lines.findIndex((each) => each.trim() === `- id: ${id}`);
        if (line < 0) continue;
        const widget = await app.commands.execute("docmanager:open", { path: one, factory: "Editor" });
        for (const to of [Math.min(line + BELOW, lines.length - 1), line]) widget.setFragment(`#line=${to}`);
        return;
      }
    };

    // Before JupyterLab's own answer to a click, which would look for the page.
    const clicked = (event) => {
      const anchor = event.target.closest?.(".jp-Notebook a[href], .jp-MarkdownViewer a[href]");
      const place = anchor && meant(anchor);
      if (!place) return;
      event.preventDefault();
      event.stopPropagation();
      open(place);
    };

    let waiting = 0;
    const later = () => (waiting ||= requestAnimationFrame(() => { waiting = 0; read(); }));
    new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
    document.addEventListener("click", clicked, true);
    later();
  };

  const plugin = { id: "sourcebook-marks:plugin", autoStart: true, activate };
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["sourcebook-marks"] = { init: () => {}, get: async () => () => plugin };
})();
