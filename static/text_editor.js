// The editor of one text: saves while somebody types, keeps what the server does not have, takes matches, walks the list.
(() => {
  const PAUSE = 800, AGAIN = 5000;
  const form = document.getElementById("tekst");
  if (!form) return;
  const address = form.dataset.keep, said = document.getElementById("gemt");
  const found = document.getElementById("fundet"), clash = document.getElementById("konflikt");
  const fields = () => [...form.querySelectorAll("textarea[name^=form]")];
  const typed = () => fields().map((field) => field.value);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const say = (text) => (said.textContent = text);
  let stored = typed(), version = form.version.value, timer, sending = null, isClash = false;

  const isNew = () => !same(typed(), stored);
  const soon = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  const take = (reply, forms) => {
    if (reply.html !== undefined) (reply.status === 409 ? clash : found).innerHTML = reply.html;
    if (reply.status === 422) return say(form.dataset.refused);
    version = form.version.value = reply.version;
    isClash = reply.status === 409;
    if (isClash) {
      say("");
      return clash.querySelector("[tabindex]").focus();
    }
    stored = forms;
    clash.textContent = "";
    if (isNew()) return soon(0);
    window.bench.drop(address);
    say(reply.said);
  };
  const send = async () => {
    const forms = typed();
    window.bench.keep(address, { forms, version });
    const reply = await window.bench.send(address, { forms, version });
    if (!reply) {
      say(form.dataset.offline);
      return soon(AGAIN);
    }
    if (reply.status === 401) return say(form.dataset.signedOut);
    take(reply, forms);
  };
  // One at a time: each save has to know the version that the last one made.
  async function save() {
    clearTimeout(timer);
    while (sending) await sending;
    if (!isNew()) return;
    sending = send();
    await sending;
    sending = null;
  }

  const insert = (forms) => {
    fields().forEach((field, n) => {
      field.focus();
      field.select();
      const text = forms[n] ?? "";
      if (!document.execCommand("insertText", false, text)) field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    fields()[0].focus();
  };
  const told = document.querySelector("[data-taken]");
  let before = null;
  const mark = (match, said) => {
    for (const undo of document.querySelectorAll("[data-untake]")) undo.hidden = undo.closest("li") !== match?.closest("li");
    told.textContent = told.dataset[said];
  };
  const put = (match) => {
    before ??= typed();
    insert(JSON.parse(match.dataset.take));
    mark(match, "differs" in match.dataset ? "taken" : "takenSame");
  };
  // Back to what stood there before the first match: the next one may not be the right one either.
  const takeOut = () => {
    if (!before) return;
    insert(before);
    before = null;
    mark(null, "untaken");
  };
  const walk = (rel) => document.querySelector(`.bench-walk [rel=${rel}]`)?.click();

  form.addEventListener("input", () => {
    window.bench.keep(address, { forms: typed(), version });
    if (isClash) return;
    say(form.dataset.typing);
    soon();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // She has seen the other wording, or that the Danish is new: hers stands, though nothing is typed.
    if (isClash || form.dataset.confirms) stored = null;
    isClash = false;
    await save();
    if (!isNew() && event.submitter?.name === "naeste") walk("next");
  });
  document.addEventListener("click", (event) => {
    const match = event.target.closest("[data-take]"), theirs = event.target.closest("[data-theirs]");
    if (match || theirs) event.preventDefault();
    if (match) put(match);
    if (event.target.closest("[data-untake]")) takeOut();
    if (!theirs) return;
    isClash = false;
    stored = JSON.parse(theirs.dataset.theirs);
    fields().forEach((field, n) => (field.value = stored[n] ?? ""));
    window.bench.drop(address);
    clash.textContent = "";
    fields()[0].focus();
  });
  document.addEventListener("keydown", (event) => {
    const at = /^Digit([1-3])$/.exec(event.code);
    const plain = event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey;
    const does =
      event.ctrlKey && event.key === "Enter" ? () => form.requestSubmit(form.elements.naeste.hidden ? null : form.elements.naeste)
      : plain && event.key === "PageUp" ? () => walk("prev")
      : plain && event.key === "PageDown" ? () => walk("next")
      : plain && event.code === "KeyL" ? () => document.querySelector("[data-list]").click()
      : plain && event.code === "Digit0" ? takeOut
      : plain && at ? () => document.querySelectorAll("[data-take]")[at[1] - 1]?.click()
      : null;
    if (!does) return;
    event.preventDefault();
    does();
  });
  addEventListener("online", () => isNew() && soon(0));

  const waits = window.bench.kept(address);
  if (waits && !same(waits.forms, stored)) {
    fields().forEach((field, n) => (field.value = waits.forms[n] ?? ""));
    version = form.version.value = waits.version;
    for (const field of fields()) field.dispatchEvent(new Event("input", { bubbles: true }));
    say(form.dataset.restored);
  } else if (waits) window.bench.drop(address);
})();
