// Placeholders as chips above the field: a click puts one in, and no typing breaks one. What is missing or too much is
// told at once. The field stays a field: without this script one types {name}, and the server says what is wrong.
(() => {
  const WHOLE = /\{[a-z][a-z0-9_]*\}/g;
  const groups = [...document.querySelectorAll("[data-chips]")].map((group) => ({
    group,
    field: document.getElementById(group.dataset.chips),
    buttons: [...group.querySelectorAll("[data-name]")],
  }));
  const of = (field) => groups.find((each) => each.field === field);
  const spans = (field) => [...field.value.matchAll(WHOLE)].map((match) => [match.index, match.index + match[0].length]);

  const type = (field, text) => {
    field.focus();
    // Only this keeps the browser's own undo; a browser without it gets the text all the same.
    if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const tell = ({ group, field, buttons }) => {
    const there = new Set((field.value.match(WHOLE) || []).map((name) => name.slice(1, -1)));
    const names = buttons.map((button) => button.dataset.name);
    for (const button of buttons) {
      const has = there.has(button.dataset.name);
      const isMissing = !has && field.value.trim() && button.dataset.name !== field.dataset.optional;
      button.classList.toggle("bench-chip-missing", Boolean(isMissing));
      button.querySelector("[data-state]").textContent = has ? group.dataset.there : isMissing ? group.dataset.missing : "";
    }
    const surplus = [...there].filter((name) => !names.includes(name)).map((name) => `{${name}}`);
    group.querySelector("[data-surplus-place]").textContent = surplus.length ? `${group.dataset.surplus} ${surplus.join(" ")}` : "";
  };

  // Braces turned around, full-width, or parted from their name by marks of direction (i18n/chips.py does the same).
  const mend = ({ field, buttons }) => {
    const names = buttons.map((button) => button.dataset.name).join("|");
    if (!names) return;
    const brace = "[{}\uff5b\uff5d]", marks = "[ \u00a0\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]*";
    const broken = new RegExp(`\\{(?:${names})\\}|${brace}${marks}(${names})${marks}${brace}`, "gi");
    const mended = field.value.replace(broken, (all, name) => (name ? `{${name.toLowerCase()}}` : all));
    if (mended === field.value) return;
    const at = field.selectionStart - (field.value.length - mended.length);
    field.value = mended;
    field.setSelectionRange(at, at);
  };

  // A placeholder goes as a whole, and nothing is typed into its middle.
  document.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (!of(field) || !event.cancelable) return;
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const isBack = /^delete.*Backward$/.test(event.inputType), isOn = /^delete.*Forward$/.test(event.inputType);
    const from = start === end && isBack ? start - 1 : start, to = start === end && isOn ? end + 1 : end;
    const cut = spans(field).filter(([a, b]) => (from === to ? a < from && from < b : a < to && from < b));
    if (!cut.length) return;
    const [first, last] = [Math.min(from, cut[0][0]), Math.max(to, cut.at(-1)[1])];
    if (first === start && last === end) return;
    event.preventDefault();
    if (from === to) field.setSelectionRange(last, last);
    else field.setSelectionRange(first, last);
    if (event.inputType.startsWith("delete")) type(field, "");
    else if (event.data) type(field, event.data);
  });
  document.addEventListener("input", ({ target }) => {
    const own = of(target);
    if (!own) return;
    mend(own);
    tell(own);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-name]"), own = button && groups.find(({ group }) => group.contains(button));
    if (own) type(own.field, `{${button.dataset.name}}`);
  });
  document.addEventListener("keydown", (event) => {
    const own = of(event.target), at = /^Digit([1-9])$/.exec(event.code);
    if (!own || !at || !event.altKey || !event.shiftKey || !own.buttons[at[1] - 1]) return;
    event.preventDefault();
    type(own.field, `{${own.buttons[at[1] - 1].dataset.name}}`);
  });
  for (const own of groups) {
    for (const button of own.buttons) button.hidden = false;
    tell(own);
  }
})();
