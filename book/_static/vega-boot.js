// Bring every chart of a page to life: draw it over its still drawing, in the page's
// colours, and again when the reader flips the theme or the column changes its width (a
// tablet turned, the contents closed). If anything fails, the still stays.
(() => {
  const root = document.documentElement;
  const css = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

  const look = (figure) => {
    const [ink, rule, paper] = ["--sb-ink", "--sb-rule", "--sb-paper"].map((name) =>
      css(figure, name),
    );
    const words = { labelColor: ink, titleColor: ink };
    return {
      background: paper,
      font: getComputedStyle(document.body).fontFamily,
      axis: { ...words, domainColor: rule, tickColor: rule, gridColor: rule },
      legend: words,
      header: words,
      title: { color: ink, subtitleColor: ink },
      text: { color: ink },
      style: { "guide-label": { fill: ink }, "guide-title": { fill: ink } },
    };
  };

  const place = (figure, kind) => {
    const found = figure.querySelector(`.${kind}`);
    if (found) return found;
    const made = document.createElement("div");
    made.className = kind;
    // Above the line with number and buttons, which stands below every drawing.
    const below = figure.querySelector(".sb-chart-foot, .sb-chart-claims");
    if (below) below.before(made);
    else figure.append(made);
    return made;
  };

  // The style sheet writes ± and % around the number that Vega prints beside a slider.
  const unit = (controls) => {
    controls.querySelectorAll('input[type="range"]').forEach((slider) => {
      const tell = () => slider.setAttribute("aria-valuetext", `±${slider.value} %`);
      slider.addEventListener("input", tell);
      tell();
    });
  };

  const bound = (spec) => (spec.params || []).filter((each) => each.bind);

  // The signal behind a control: of a choice in a drawing, that of its field.
  const signal = ({ name, select }) => (select ? `${name}_${select.fields[0]}` : name);

  // Views stand side by side where there is room, and one below the other on a phone.
  const NARROW = 640;
  const SETTLED = 120; // milliseconds without another change of width
  const stack = (part) => {
    const { hconcat, vconcat, ...rest } = part;
    const views = hconcat || vconcat;
    return views ? { ...rest, vconcat: views.map(stack) } : part;
  };

  // Controls stand in the order in which the drawing names them.
  const arrange = (controls, names) => {
    for (const name of names) {
      const control = controls.querySelector(`[name="${name}"]`);
      if (control) controls.append(control.closest(".vega-bind"));
    }
  };

  // What the reader chose before the theme changed.
  const choices = (figure, spec) =>
    figure.view ? bound(spec).map(signal).map((name) => [name, figure.view.signal(name)]) : [];

  // A drawing is one image with one description; what changes in it is read out.
  const label = (figure, live, spec) => {
    const drawing = live.querySelector("svg.marks");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", spec.description);
    for (const name of ["role", "aria-roledescription", "aria-label"])
      drawing.parentElement.removeAttribute(name);
    if (!bound(spec).length) return;
    const spoken = place(figure, "sb-spoken");
    spoken.setAttribute("role", "status");
    const tell = async () => {
      await figure.view.runAsync();
      const words = live.querySelectorAll(".verdict_marks text, .verdict_layer_marks text");
      spoken.textContent = [...words].map((each) => each.textContent).join(" ");
    };
    figure.querySelectorAll(".sb-controls :is(input, select)").forEach((control) => {
      control.addEventListener("input", tell);
      control.addEventListener("change", tell);
    });
  };

  const draw = async (figure) => {
    const still = figure.querySelector(".sb-still");
    const whole = JSON.parse(figure.querySelector("script.sb-spec").textContent);
    figure.drawnAt = figure.clientWidth;
    if (!figure.drawnAt) return; // folded away: it is drawn when it is unfolded
    const spec = figure.drawnAt < NARROW ? stack(whole) : whole;
    const kept = choices(figure, spec);
    const live = place(figure, "sb-live");
    const controls = bound(spec).length ? place(figure, "sb-controls") : null;
    if (spec.hconcat || spec.vconcat) live.before(controls || ""); // above what they move
    live.style.minHeight = `${(live.offsetHeight || still.offsetHeight)}px`; // nothing jumps
    if (figure.view) figure.view.finalize();
    if (controls) controls.replaceChildren();
    try {
      // As a tree, and not as code made up here, which the page's policy forbids.
      const options = { actions: false, renderer: "svg", config: look(figure), ast: true };
      if (controls) options.bind = controls;
      still.style.display = "none";
      const { view } = await window.vegaEmbed(live, spec, options);
      figure.view = view;
      if (controls) arrange(controls, bound(spec).map(signal));
      if (controls) unit(controls);
      kept.forEach(([name, value]) => view.signal(name, value));
      await view.runAsync();
      label(figure, live, spec);
    } catch {
      figure.view = null;
      live.replaceChildren();
      still.style.display = "";
    }
    live.style.minHeight = "";
  };

  const start = () => {
    const figures = [...document.querySelectorAll("figure.vega")];
    if (!figures.length || !window.vegaEmbed) return;
    let queue = Promise.resolve();
    const all = () => {
      for (const figure of figures) queue = queue.then(() => draw(figure));
    };
    // Vega listens to the window, which changes before the column has found its width.
    let later = 0;
    const sizes = new ResizeObserver(() => {
      clearTimeout(later);
      later = setTimeout(() => {
        for (const figure of figures)
          if (Math.abs((figure.drawnAt ?? figure.clientWidth) - figure.clientWidth) > 1)
            queue = queue.then(() => draw(figure));
      }, SETTLED);
    });
    figures.forEach((figure) => sizes.observe(figure));
    let theme = root.dataset.theme;
    new MutationObserver(() => {
      if (root.dataset.theme === theme) return;
      theme = root.dataset.theme;
      all();
    }).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
    all();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
