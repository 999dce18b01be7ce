// An answer that meets no network waits on the phone, and is sent when there is one: once, and never over a newer one
// (docs/decisions/0031). A question's own form goes through htmx; what waits from another page is sent behind it.
(() => {
  const OWN = "svar:", SOON = 4000, SELDOM = 60000;
  const words = document.getElementById("waits");
  const say = (name) => (words.textContent = words.dataset[name] || "");
  const form = () => document.querySelector("main form[hx-post]");
  // Found once, while the page stands at its own address: the form names its own from there.
  const keys = new WeakMap();
  const keyOf = (form) => {
    if (!keys.has(form)) {
      const { pathname, search } = new URL(form.getAttribute("hx-post"), location);
      keys.set(form, OWN + pathname + search);
    }
    return keys.get(form);
  };
  const isLost = (status) => !status || status === 408 || status === 429 || status > 499;
  const isTaken = (status) => (status > 199 && status < 300) || status === 409 || status === 422;

  // The phone may refuse to store, or be full: then the page itself is what keeps the answer.
  const held = new Map();
  const store = (change) => {
    try {
      change(localStorage);
    } catch {}
  };
  const keep = (key, entry) => {
    held.set(key, entry);
    store((phone) => phone.setItem(key, JSON.stringify(entry)));
  };
  const forget = (key) => {
    held.delete(key);
    store((phone) => phone.removeItem(key));
  };
  const recall = () => {
    const own = OWN + (location.pathname.match(/^\/svar\/[^/]+\//) || [""])[0];
    store((phone) => {
      for (const key of Object.keys(phone)) if (key.startsWith(own)) held.set(key, JSON.parse(phone[key]));
    });
  };

  const typed = (form) => new URLSearchParams(new FormData(form)).toString();
  const fill = (form, body) => {
    const given = new URLSearchParams(body);
    for (const field of form.elements) {
      if (/radio|checkbox/.test(field.type)) field.checked = given.getAll(field.name).includes(field.value);
      else if (field.name) field.value = given.get(field.name);
    }
  };

  let timer, wait = SOON, byItself = false, lost = false;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(sendAll, wait);
    wait = Math.min(wait * 2, SELDOM);
  };
  const done = (key, name) => {
    forget(key);
    wait = SOON;
    lost = false;
    if (!held.size) clearTimeout(timer);
    say(name);
  };
  const sendBehind = async (key, entry) => {
    const options = { method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams(entry.body) };
    const reply = await fetch(`${key.slice(OWN.length)}&ventede=${entry.mark}`, options).catch(() => null);
    if (reply && isTaken(reply.status)) return done(key, reply.status === 409 ? "overtaken" : "sent");
    say("waiting");
    if (isLost(reply?.status)) again();
  };
  const sendAll = () => {
    for (const [key, entry] of held) {
      const own = window.htmx && form();
      if (!own || keyOf(own) !== key) {
        sendBehind(key, entry);
        continue;
      }
      byItself = true;
      own.requestSubmit();
      byItself = false;
    }
  };
  const soon = () => {
    wait = SOON;
    if (held.size) sendAll();
  };

  const on = (name, listen) => document.body.addEventListener(`htmx:${name}`, (event) => listen(event.detail));
  const isAnswer = (request) => request.verb === "post" && request.elt.matches("form[hx-post]");
  on("configRequest", (detail) => {
    if (!isAnswer(detail)) return;
    const key = keyOf(detail.elt), mark = byItself ? held.get(key).mark : detail.elt.dataset.stand || "";
    keep(key, { mark, body: typed(detail.elt) });
    if (byItself) detail.path += `&ventede=${mark}`;
  });
  on("beforeSwap", (detail) => {
    if (isLost(detail.xhr.status)) detail.shouldSwap = false; // an error page must not take the answer's place
  });
  on("afterRequest", ({ requestConfig: request, xhr: { status } }) => {
    if (!isAnswer(request)) return say(isLost(status) ? "offline" : held.size ? "waiting" : "");
    if (isTaken(status)) return done(keyOf(request.elt), lost && status < 300 ? "sent" : "");
    if (!isLost(status)) return;
    lost = true;
    say("waiting");
    again();
  });
  document.body.addEventListener("change", ({ target }) => {
    const key = target.form && keyOf(target.form), entry = held.get(key);
    if (entry) keep(key, { ...entry, body: typed(target.form) });
  });
  window.addEventListener("online", soon);
  document.addEventListener("visibilitychange", () => document.hidden || soon());

  recall();
  const own = form(), entry = own && held.get(keyOf(own));
  if (entry) fill(own, entry.body);
  lost = Boolean(entry);
  soon();
})();
