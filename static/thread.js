// An open thread looks for news: every five seconds while somebody looks at it, once a minute while nobody does.
(() => {
  const SEEN = 5000, UNSEEN = 60000;
  const NO_MORE = [401, 403, 404];
  const poll = () => document.getElementById("thread-poll");
  const reload = document.getElementById("thread-reload");
  if (!poll() || !window.htmx) return;

  let timer, stopped = false;
  const next = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(ask, document.hidden ? UNSEEN : SEEN);
  };
  const ask = () => {
    htmx.trigger(poll(), "ask");
    next();
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? next() : ask()));
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === poll() && document.hidden) event.detail.parameters.skjult = "1";
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt.id !== "thread-poll" || !NO_MORE.includes(event.detail.xhr.status)) return;
    stopped = true; // signed out, most likely: the link leads to the way in
    clearTimeout(timer);
    reload.hidden = false;
  });

  reload.hidden = true;
  if (!location.search) document.getElementById("slut").scrollIntoView({ block: "end" });
  next();
})();
