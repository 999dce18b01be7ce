// What is half typed comes along when the language is changed: the page is loaded anew, and was not sent.
const KEPT = "half-typed"
const fields = () => [...document.querySelectorAll("main :is(input,select,textarea)[name]:not([type=hidden],[type=password],[type=file])")]
const isTick = (field) => field.type === "radio" || field.type === "checkbox"

addEventListener("submit", (event) => {
  if (!event.target.closest(".languages")) return
  const typed = fields().map((field) => [field.name, field.value, isTick(field) ? field.checked : null])
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, typed]))
  } catch {} // a phone that keeps nothing: the answers before this one are saved
})

try {
  const [path, typed] = JSON.parse(sessionStorage.getItem(KEPT) || "[]")
  sessionStorage.removeItem(KEPT)
  if (path === location.pathname) fields().forEach((field) => {
    const own = typed.find(([name, value]) => name === field.name && (!isTick(field) || value === field.value))
    if (own && isTick(field)) field.checked = own[2]
    else if (own) field.value = own[1]
  })
} catch {}
