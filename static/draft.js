// A half-written message is on the phone until it is sent: a closed tab, an empty battery or a session that has ended
// costs no word. Nobody else's words come up: what another person left on this phone is thrown away.
(() => {
  const OWN = "kladde:";
  const field = () => document.querySelector("textarea[data-draft]");
  const key = OWN + field()?.dataset.draft;
  const store = (change) => {
    try {
      return change(localStorage);
    } catch {} // a phone that keeps nothing
  };
  const keep = (words) => store((phone) => (words ? phone.setItem(key, words) : phone.removeItem(key)));
  const isSent = (words) => [...document.querySelectorAll(".said-own .said-body")].pop()?.textContent === words.trim();
  if (!field()) return;

  for (const other of store((phone) => Object.keys(phone)) || []) {
    if (other.startsWith(OWN) && other !== key) store((phone) => phone.removeItem(other));
  }
  const kept = store((phone) => phone.getItem(key));
  if (kept && isSent(kept)) keep("");
  else if (kept && !field().value) field().value = kept;
  document.body.addEventListener("input", ({ target }) => target === field() && keep(target.value));
  document.body.addEventListener("htmx:afterRequest", ({ detail: { requestConfig: request, xhr } }) => {
    if (request.elt.id === "skriv" && xhr.status === 200) keep("");
  });
})();
