/* Reads the page aloud, part by part, with a voice of the phone's own: no text leaves the phone. */
(() => {
  const speech = window.speechSynthesis
  const model = document.getElementById("aloud")
  const main = document.getElementById("main")
  if (!speech || !model || !window.SpeechSynthesisUtterance) return
  const PARTS = "h1,h2,h3,legend,p,li,dt,dd,label,summary,button"
  const LEFT_OUT = ".aloud-place,.progress,.back,.word:not([open])"
  const byItself = document.documentElement.classList.contains("aloud")
  let button, marked, begun, run = 0, utterance

  const languageOf = part => part.closest("[lang]").lang.slice(0, 2)
  const voiceFor = language => speech.getVoices().find(voice =>
    voice.localService && voice.lang.slice(0, 2).toLowerCase() === language)
  const asks = () => main.querySelector("form [lang]") || main

  const parts = () => [...main.querySelectorAll(PARTS)].filter(part =>
    !part.querySelector(PARTS) && !part.closest(LEFT_OUT) && part.getClientRects().length && part.innerText.trim())

  function mark(part) {
    marked?.classList.remove("spoken")
    part?.classList.add("spoken")
    part?.scrollIntoView({block: "nearest"})
    marked = part
  }

  function show(isReading) {
    button.lastElementChild.textContent =
      isReading ? model.dataset.stop : model.content.querySelector("span").textContent
  }

  function stop() {
    run++
    utterance = null
    speech.cancel()
    mark(null)
    if (button) show(false)
  }

  function next(left, mine) {
    if (mine !== run) return
    const part = left.shift()
    if (!part) return stop()
    const voice = voiceFor(languageOf(part))
    if (!voice) return next(left, mine)
    mark(part)
    // Held in a variable of ours: Chromium forgets an utterance that nobody holds, and never ends it.
    utterance = new SpeechSynthesisUtterance(part.innerText)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.9
    utterance.onend = () => next(left, mine)
    utterance.onerror = () => mine === run && stop()
    speech.speak(utterance)
  }

  function start() {
    stop()
    show(true)
    next(parts(), run)
  }

  function place() {
    const hasVoice = Boolean(voiceFor(languageOf(asks())))
    if (button?.isConnected || !hasVoice) return hasVoice
    const line = model.content.firstElementChild.cloneNode(true)
    button = line.querySelector("button")
    button.addEventListener("click", () => utterance ? stop() : start())
    main.prepend(line)
    if (byItself && !begun) start()
    begun = true
    return hasVoice
  }

  place()
  // Most phones know their voices only a while after the page has come.
  speech.addEventListener?.("voiceschanged", place)
  document.addEventListener("htmx:afterSwap", () => {
    stop()
    begun = false
    place()
  })
  addEventListener("pagehide", stop)
  const none = document.getElementById("no-voice")
  if (none) setTimeout(() => { none.hidden = place() }, 2000)
})()
