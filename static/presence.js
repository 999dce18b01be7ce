// Tells who else of the staff has this page open, and them that we have: while somebody looks at it. The page names the
// fields that one writes in: <div data-presence="#body" hx-get="…" hx-trigger="look" hx-swap="innerHTML">.
(() => {
  const EVERY = 10000, STILL_WRITING = 20000;
  const NO_MORE = [401, 403, 404];
  const here = () => document.querySelector("[data-presence]");
  if (!here() || !window.htmx) return;

  let typedAt = 0, stopped = false;
  const isWriting = () => Date.now() - typedAt < STILL_WRITING;
  const look = () => {
    if (!stopped && !document.hidden) htmx.trigger(here(), "look");
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches(here().dataset.presence)) return;
    const began = !isWriting();
    typedAt = Date.now();
    if (began) look();
  });
  document.addEventListener("visibilitychange", look);
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === here() && isWriting()) event.detail.parameters.skriver = "1";
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt !== here() || event.detail.xhr.status < 400) return;
    event.detail.shouldSwap = false;
    stopped = NO_MORE.includes(event.detail.xhr.status);
  });
  setInterval(look, EVERY);
  look();
})();
