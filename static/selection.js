// Ticking many citizens: how many are ticked, all at once, and a row of ticks by holding Shift.
(() => {
  const form = document.querySelector("[data-selection]");
  if (!form) return;
  const boxes = () => [...form.querySelectorAll(".staff-tick input")];
  const count = form.querySelector("[data-ticked]");
  const link = form.querySelector("[data-tick-all]");
  const all = document.createElement("button");
  all.type = "button";
  all.className = "button button-tertiary";
  link.replaceWith(all);

  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    const words = count.dataset;
    count.textContent = ticked > 1 ? words.many.replace("999", ticked) : ticked ? words.one : words.none;
    all.textContent = ticked ? words.nobody : words.all;
  };
  all.addEventListener("click", () => {
    const on = !boxes().some((box) => box.checked);
    boxes().forEach((box) => (box.checked = on));
    show();
  });

  let last;
  form.addEventListener("click", (event) => {
    const list = boxes();
    const place = list.indexOf(event.target);
    if (place < 0) return;
    if (event.shiftKey && last !== undefined) {
      const [from, to] = [Math.min(last, place), Math.max(last, place)];
      list.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
    }
    last = place;
    show();
  });
  form.addEventListener("change", show);
  show();
})();
