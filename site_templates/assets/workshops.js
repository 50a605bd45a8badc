// Which workshops are over: only the reader's clock knows. In a list they go below, the last one first; on a workshop's
// own page the enrolment gives way to a sentence.
for (const time of document.querySelectorAll("time[data-end]")) {
  if (new Date(time.dataset.end) > new Date()) continue
  const past = document.querySelector("[data-past]")
  const enrol = document.querySelector("[data-enrol]")
  const item = time.closest("li")
  if (past) past.hidden = false
  if (item) past?.querySelector("ul")?.prepend(item)
  else if (enrol) enrol.hidden = true
}
