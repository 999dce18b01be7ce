// What a translator types stays in this browser until the server has it: a broken line, a closed tab or a session that
// has ended costs no word. Each page of the bench sends what still waits from another. Nobody else's words come up.
window.bench = (() => {
  const OWN = "tekst:", SOON = 5000, SELDOM = 60000;
  const place = document.querySelector("[data-bench]");
  const mine = `${OWN}${place.dataset.bench}:`;
  const store = (change) => {
    try {
      return change(localStorage);
    } catch {} // a browser that keeps nothing
  };
  const keep = (address, typed) => store((browser) => browser.setItem(mine + address, JSON.stringify(typed)));
  const drop = (address) => store((browser) => browser.removeItem(mine + address));
  const kept = (address) => JSON.parse(store((browser) => browser.getItem(mine + address)) || "null");
  const waiting = () => (store(Object.keys) || []).filter((key) => key.startsWith(mine)).map((key) => key.slice(mine.length));
  const say = (name, address = "") => (place.textContent = place.dataset[name].replace("…", address.split("/").at(-2) || ""));

  // Resolves to what the server says, or to null where nothing tells that it has heard.
  const send = async (address, { forms, version }) => {
    const body = new FormData();
    forms.forEach((form, n) => body.append(`form${n}`, form));
    body.append("version", version);
    body.append("csrf_token", place.dataset.token);
    const reply = await fetch(address, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (!reply || reply.status > 499 || reply.status === 429) return null;
    if (![200, 409, 422].includes(reply.status)) return { status: 401 };
    return { status: reply.status, ...(await reply.json().catch(() => ({}))) };
  };

  let wait = SOON;
  const sendWaiting = async (except) => {
    for (const address of waiting().filter((each) => each !== except)) {
      say("waiting", address);
      const reply = await send(address, kept(address));
      if (!reply) {
        setTimeout(() => sendWaiting(except), wait);
        wait = Math.min(wait * 2, SELDOM);
        return;
      }
      if (reply.status === 401) return say("signedOut");
      if (reply.status !== 200) return say("clash", address);
      drop(address);
      say("sent", address);
    }
  };

  store((browser) => {
    for (const key of Object.keys(browser)) if (key.startsWith(OWN) && !key.startsWith(mine)) browser.removeItem(key);
  });
  const own = document.getElementById("tekst")?.dataset.keep;
  addEventListener("online", () => sendWaiting(own));
  sendWaiting(own);
  return { keep, drop, kept, send };
})();
