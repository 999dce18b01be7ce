// The plain word is put in the place of the official one, where it stands in the field.
(() => {
  const shown = () => document.querySelectorAll("[data-mark-put]").forEach((button) => {
    button.hidden = false;
    const word = button.previousElementSibling;
    if (word) word.hidden = true;
  });

  // What was typed since may have moved it: the nearest of its kind is meant.
  const nearest = (text, was, at) => {
    let best = -1;
    for (let found = text.indexOf(was); found >= 0; found = text.indexOf(was, found + 1)) {
      if (best < 0 || Math.abs(found - at) < Math.abs(best - at)) best = found;
    }
    return best;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark-put]");
    const field = button && document.getElementById(button.dataset.markFor);
    if (!field) return;
    const { markWas: was, markPut: put, markAt: at } = button.dataset;
    const start = nearest(field.value, was, Number(at));
    if (start < 0) return;
    field.setRangeText(put, start, start + was.length, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // An explanation lies over the next line: Escape takes it away.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches(".mark")) event.target.blur();
  });

  document.addEventListener("htmx:afterSwap", shown);
  shown();
})();
