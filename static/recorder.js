// A reading recorded in the browser: start, stop, listen, again, keep. Without it the field for a file remains.
(() => {
  const form = document.querySelector("[data-recorder]");
  if (!form) return;
  const part = (name) => form.querySelector(`[data-recorder-${name}]`);
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
    part("none").hidden = false;
    return;
  }
  // AAC plays on every phone. A bare "audio/mp4" gives Opus in Chromium without AAC, which old iPhones do not play:
  // it comes last, for a Safari that knows nothing else and makes AAC of it.
  const KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each)) || "";
  const BITS_A_SECOND = 48_000;
  const TOO_QUIET = 0.02;
  const TOO_SHORT = 0.5; // seconds: a click on the wrong button, and some browsers make a file of it that nothing plays
  const longest = Number(part("part").dataset.longest);
  let recorder, stream, sound, listening, ticking, loudest, began, take, url;

  const say = (what, words = "") => {
    const given = words || (what && part(`words="${what}"`)?.content.textContent);
    part("said").textContent = given || "";
  };
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const show = (state) => {
    part("start").hidden = state === "recording";
    part("stop").hidden = part("running").hidden = state !== "recording";
    part("take").hidden = state !== "taken";
    if (state === "taken") part("start").textContent = part("start").dataset.again;
  };

  function measure() {
    const heard = new Uint8Array(listening.fftSize);
    listening.getByteTimeDomainData(heard);
    const level = Math.max(...heard.map((each) => Math.abs(each - 128))) / 128;
    loudest = Math.max(loudest, level);
    part("level").value = level;
    const seconds = (performance.now() - began) / 1000;
    part("time").textContent = clock(seconds);
    if (seconds >= longest) stop();
  }

  function listenTo(given) {
    sound = new (window.AudioContext || window.webkitAudioContext)();
    listening = sound.createAnalyser();
    sound.createMediaStreamSource(given).connect(listening);
    loudest = 0;
    began = performance.now();
    ticking = setInterval(measure, 100);
  }

  function letGo() {
    clearInterval(ticking);
    stream?.getTracks().forEach((track) => track.stop());
    sound?.close();
    stream = sound = null;
  }

  function taken(pieces) {
    const seconds = (performance.now() - began) / 1000;
    letGo();
    if (seconds < TOO_SHORT) {
      show(take ? "taken" : "idle");
      say("short");
      return part("start").focus();
    }
    take = new Blob(pieces, { type: recorder.mimeType || kind });
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(take);
    part("sound").src = url;
    show("taken");
    say(loudest < TOO_QUIET ? "quiet" : "done");
    part("keep").focus();
  }

  async function start() {
    if (stream) return;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    } catch (error) {
      say({ NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "no_microphone" }[error.name] || "failed");
      return;
    }
    try {
      const pieces = [];
      recorder = new MediaRecorder(stream, { mimeType: kind || undefined, audioBitsPerSecond: BITS_A_SECOND });
      recorder.ondataavailable = (event) => event.data.size && pieces.push(event.data);
      recorder.onstop = () => taken(pieces);
      recorder.start();
      listenTo(stream);
    } catch {
      letGo();
      say("failed");
      return;
    }
    part("time").textContent = clock(0);
    show("recording");
    say("recording");
    part("stop").focus();
  }

  const stop = () => recorder?.state === "recording" && recorder.stop();

  async function keep() {
    const data = new FormData(form);
    data.set("sound", take, "reading");
    part("keep").disabled = true;
    say("saving");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        take = null;
        location.assign(location.href.split("#")[0]);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      say("failed", page.querySelector(".form-error-message")?.textContent);
    } catch {
      say("offline");
    }
    part("keep").disabled = false;
  }

  part("start").addEventListener("click", start);
  part("stop").addEventListener("click", stop);
  part("keep").addEventListener("click", keep);
  addEventListener("beforeunload", (event) => take && event.preventDefault());
  addEventListener("pagehide", letGo);
  part("part").hidden = part("or").hidden = false;
  part(`kind="${kind.includes("mp4") ? "everywhere" : "newer"}"`).hidden = false;
})();
