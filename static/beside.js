/* The page beside a text follows what is typed, and a tap on a text of it leads to that text's editor. */
(() => {
  "use strict";
  const PAUSE_MS = 400;
  for (const side of document.querySelectorAll("[data-beside]")) begin(side);

  function begin(side) {
    const frame = side.querySelector("iframe");
    if (!frame) return;
    const form = document.getElementById(side.dataset.form || "");
    const refresh = side.querySelector("[formtarget]");
    const picker = side.querySelector("select[name=side]");
    let address = frame.getAttribute("src");
    let waiting = 0;
    let asking = null;

    frame.addEventListener("load", listen);
    listen();
    if (picker) {
      picker.form.querySelector("button").hidden = true;
      picker.addEventListener("change", () => {
        address = picker.selectedOptions[0].dataset.address;
        frame.src = address;
        if (form && refresh) later();
      });
    }
    if (form && refresh) {
      refresh.hidden = true;
      form.addEventListener("input", later);
    }

    function later() {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE_MS);
    }

    async function ask() {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(address, { method: "POST", body: new FormData(form), signal: asking.signal });
        if (answer.ok) put(await answer.text());
      } catch {
        refresh.hidden = false; // without a connection it stays as it was, and can be asked for again
      }
    }

    // Only what stands on the page changes: nothing flashes, and the reader stays where she was.
    function put(html) {
      const page = frame.contentDocument;
      const fresh = new DOMParser().parseFromString(html, "text/html");
      if (!page || !page.body) return;
      const top = page.scrollingElement ? page.scrollingElement.scrollTop : 0;
      page.body.replaceWith(page.importNode(fresh.body, true));
      page.scrollingElement.scrollTop = top;
    }

    function listen() {
      const page = frame.contentDocument;
      if (!page || page.besideListens) return;
      page.besideListens = true;
      page.addEventListener("click", (event) => {
        if (event.target.closest("a[href], summary")) return;
        const text = event.target.closest("x-text[data-key]");
        if (!text || text.classList.contains("here")) return;
        event.preventDefault();
        location.href = side.dataset.editor + encodeURIComponent(text.dataset.key);
      });
    }
  }
})();
