// The theme opens a notebook's source in the tab as JSON; a reader wants the file.
(() => {
  const name = (link) => {
    const last = new URL(link.href, document.baseURI).pathname.split("/").pop();
    link.setAttribute("download", decodeURIComponent(last));
  };
  const all = () =>
    document.querySelectorAll("a.btn-download-source-button[href]").forEach(name);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
