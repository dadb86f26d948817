// Opened from a disk, a browser shows a linked file in the tab. Here it is saved: the
// script beside the file brings its text, when it is asked for.
(() => {
  if (location.protocol !== "file:") return;

  window.sourcebookSave = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  document.querySelectorAll('a[download][href*="_sources/"]').forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const script = document.createElement("script");
      script.src = `${link.href}.js`;
      document.head.append(script);
    });
  });
})();
