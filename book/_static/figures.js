// What a chart offers beside its drawing: a mark leads to its claim, and the chart can be
// saved as a picture or as its data. Nothing is fetched; everything is in the page.
(() => {
  const PAD = 24, LINE = 20, SCALE = 2; // pixels around a saved drawing; how sharp a PNG is
  const SVG = document.querySelector("figure.sb-chart svg")?.namespaceURI;

  // A mark's number is its place in the list of the chart's claims.
  const follow = ({ target }) => {
    const mark = target.closest?.(".sb-mark");
    const place = mark && /sb-mark-(\d+)/.exec(mark.getAttribute("class"))?.[1];
    const figure = mark?.closest("figure");
    figure?.querySelectorAll(".sb-chart-claims li a")[place - 1]?.click();
  };

  const shown = (figure) =>
    [...figure.querySelectorAll("svg")].find((svg) => svg.getBoundingClientRect().width > 0);

  const words = (figure, name) => figure.querySelector(name)?.textContent.trim() || "";

  const wrapped = (text, most) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (`${lines.at(-1)} ${word}`.length > most) lines.push("");
      lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
    }
    return text ? lines : [];
  };

  const written = (lines, x, y, look) =>
    lines.map((line, n) => {
      const text = document.createElementNS(SVG, "text");
      for (const [name, value] of Object.entries({ x, y: y + n * LINE, fill: "#222832", ...look }))
        text.setAttribute(name, value);
      text.textContent = line;
      return text;
    });

  // The drawing with its title, subtitle and source as text, in light colours.
  const whole = (figure) => {
    const drawing = shown(figure).cloneNode(true);
    const [, , width, height] = (drawing.getAttribute("viewBox") || "0 0 700 400").split(" ").map(Number);
    const most = Math.floor(width / 8.4);
    const head = wrapped(words(figure, "figcaption strong"), most);
    const under = wrapped(words(figure, ".sb-subtitle"), most);
    const foot = wrapped(words(figure, ".sb-chart-foot span"), most);
    const top = PAD + (head.length + under.length) * LINE;
    const svg = document.createElementNS(SVG, "svg");
    const size = [width + 2 * PAD, top + height + foot.length * LINE + 2 * PAD];
    svg.setAttribute("width", size[0]);
    svg.setAttribute("height", size[1]);
    svg.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    svg.setAttribute("font-family", "sans-serif");
    svg.setAttribute("font-size", "14");
    const ground = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ width: size[0], height: size[1], fill: "#ffffff" }))
      ground.setAttribute(name, value);
    for (const [name, value] of Object.entries({ x: PAD, y: top, width, height }))
      drawing.setAttribute(name, value);
    svg.append(
      ground,
      ...written(head, PAD, PAD + 6, { "font-weight": "bold" }),
      ...written(under, PAD, PAD + 6 + head.length * LINE, {}),
      drawing,
      ...written(foot, PAD, top + height + PAD, { "font-size": 12 }),
    );
    return { svg: new XMLSerializer().serializeToString(svg), size };
  };

  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const image = ({ svg, size }) =>
    new Promise((done, failed) => {
      const drawn = new Image();
      drawn.onerror = failed;
      drawn.onload = () => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = size.map((each) => each * SCALE);
        canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(done, "image/png");
      };
      drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    });

  // The rows of a chart drawn here, or of a Vega specification.
  const rows = (figure) => {
    const text = figure.querySelector("script.sb-data, script.sb-spec")?.textContent;
    if (!text) return [];
    const found = JSON.parse(text);
    if (Array.isArray(found)) return found;
    const tables = [found.data?.values, ...Object.values(found.datasets || {})];
    return tables.find((each) => each?.length) || [];
  };

  const csv = (table) => {
    const names = [...new Set(table.flatMap(Object.keys))];
    const cell = (value) => {
      const text = typeof value === "object" ? JSON.stringify(value ?? "") : String(value);
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const lines = table.map((row) => names.map((name) => cell(row[name] ?? "")).join(","));
    return `\ufeff${[names.join(","), ...lines].join("\r\n")}\r\n`; // spreadsheets want the mark
  };

  const forms = {
    SVG: async (figure) => new Blob([whole(figure).svg], { type: "image/svg+xml" }),
    PNG: (figure) => image(whole(figure)),
    data: async (figure) => new Blob([csv(rows(figure))], { type: "text/csv" }),
  };

  const offer = (figure) => {
    const foot = figure.querySelector(".sb-chart-foot");
    if (!foot) return;
    const place = document.createElement("span");
    place.className = "sb-save";
    place.append("Save:");
    for (const [name, make] of Object.entries(forms)) {
      if (name === "data" ? !rows(figure).length : !figure.querySelector("svg")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-label", `Save this figure as ${name}`);
      button.addEventListener("click", async () => {
        const end = name === "data" ? "csv" : name.toLowerCase();
        save(`${figure.id || "figure"}.${end}`, await make(figure));
      });
      place.append(button);
    }
    if (place.children.length) foot.append(place);
  };

  const start = () => {
    document.querySelectorAll("figure.sb-chart").forEach(offer);
    document.addEventListener("click", follow);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
