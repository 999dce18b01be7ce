// j and k walk through the list, Enter opens (it is a link). Never while somebody types, and only while it is wanted.
(() => {
  const OFF = "tekst-bogstaver";
  const rows = [...document.querySelectorAll("[data-row]")];
  const choice = document.querySelector("[data-keys]");
  const store = (change) => {
    try {
      return change(localStorage);
    } catch {}
  };
  if (!rows.length || !choice) return;

  const box = choice.querySelector("input");
  choice.hidden = false;
  box.checked = !store((browser) => browser.getItem(OFF));
  box.addEventListener("change", () =>
    store((browser) => (box.checked ? browser.removeItem(OFF) : browser.setItem(OFF, "1"))));
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!step || !box.checked || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = rows.indexOf(document.activeElement);
    rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
    event.preventDefault();
  });
})();
