// An open thread is told of news where the server has room for it, and looks by itself where it has not: often while
// people write, more and more seldom while nothing happens, and hardly at all while nobody looks. What was written
// stays where it is until it has been taken.
(() => {
  const SOON = 5000, SELDOM = 30000, UNSEEN = 60000, HARDLY = 600000, SLOWER = 1.5;
  const NO_MORE = [401, 403, 404];
  const poll = () => document.getElementById("thread-poll");
  const reload = document.getElementById("thread-reload");
  const trouble = document.getElementById("thread-trouble");
  if (!poll() || !window.htmx) return;

  let timer, bell, wait = SOON, stopped = false;
  const next = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(ask, wait);
  };
  const soon = () => {
    wait = document.hidden ? UNSEEN : SOON;
    next();
  };
  const hang = () => {
    const address = poll().getAttribute("hx-get").replace("?", "/lyt?"), wanted = !stopped && !document.hidden;
    if (wanted && bell?.url.endsWith(address) && bell.readyState !== EventSource.CLOSED) return;
    bell?.close();
    bell = wanted ? new EventSource(address) : null;
    if (!bell) return;
    bell.addEventListener("open", () => (wait = SELDOM));
    bell.addEventListener("news", () => {
      bell.close();
      ask();
    });
  };
  const ask = () => {
    wait = Math.min(wait * (document.hidden ? 2 : SLOWER), document.hidden ? HARDLY : SELDOM);
    if (!stopped) htmx.trigger(poll(), "ask");
    next();
  };
  const look = () => {
    soon();
    ask();
    hang();
  };
  const stop = () => {
    stopped = true; // signed out, most likely: the link leads to the way in
    bell?.close();
    clearTimeout(timer);
    reload.hidden = false;
  };

  const is = (event, id) => event.detail.requestConfig?.elt.id === id;
  const say = (words) => (trouble.textContent = words || "");

  document.addEventListener("visibilitychange", () => (document.hidden ? (soon(), hang()) : look()));
  window.addEventListener("online", look);
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === poll() && document.hidden) event.detail.parameters.skjult = "1";
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => is(event, "skriv") && say());
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status, taken = status < 300 || status === 422;
    if (is(event, "thread-poll") && NO_MORE.includes(status)) stop();
    if (!taken) event.detail.shouldSwap = false; // an error page must not take the place of what she wrote
    if (is(event, "skriv") && !taken) say(status === 401 ? trouble.dataset.signedOut : trouble.dataset.notSent);
    if (status === 200) soon();
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, (event) => is(event, "skriv") && say(trouble.dataset.notSent));
  }
  // What is sent and what is asked for at the same moment both bring the same news: it is shown once.
  const known = (entry) => {
    const mark = entry.querySelector("[id^=state-]");
    return mark && document.getElementById(mark.id);
  };
  const once = (log, news) => {
    for (const entry of [...news.children]) if (known(entry)) entry.remove();
    const shown = [...log.querySelectorAll(".said-day")].at(-1)?.textContent;
    for (const day of news.querySelectorAll(".said-day")) {
      const next = day.nextElementSibling;
      if (day.textContent === shown || !next || next.matches(".said-day")) day.remove();
    }
  };
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id === "thread-log") once(event.detail.target, event.detail.fragment);
  });
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id === "thread-poll") hang(); // it shows more now, and is to be told of what comes after
  });
  document.body.addEventListener("change", (event) => {
    if (event.target.id === "files") check(event.target);
  });

  // Said at once: a file that is too large would take minutes to send, only to be refused.
  const check = (field) => {
    const large = [...field.files].find((file) => file.size > field.dataset.largest);
    let words = "";
    if (field.files.length > field.dataset.most) words = field.dataset.tooMany;
    else if (large) words = field.dataset.tooLarge.replace("…", large.name);
    const place = document.getElementById("files-error");
    place.textContent = words;
    place.hidden = !words;
    field.setCustomValidity(words);
    field.toggleAttribute("aria-invalid", Boolean(words));
  };

  reload.hidden = true;
  if (!location.search) document.getElementById("slut").scrollIntoView({ block: "end" });
  next();
  hang();
})();
