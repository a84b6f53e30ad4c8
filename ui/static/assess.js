// The instruments' forms: the result appears below the form instead of on a page of its own. Without this script the forms work too.
// It sends nothing anywhere but to this server, and shows only what this server rendered and escaped.
"use strict";
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".assess-form") || (event.submitter && event.submitter.dataset.native)) return;
  event.preventDefault();
  const place = form.parentElement.querySelector(":scope > .assess-result");
  const said = form.querySelector(".said"), button = form.querySelector("[type=submit]");
  const body = new FormData(form);
  button.disabled = true;
  said.textContent = "Working. A long document can take a minute.";
  try {
    const reply = await fetch(form.action, { method: "POST", body, headers: { "Accept": "text/html", "X-In-Page": "yes" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const main = page.querySelector("main");
    if (!main) throw new Error();
    for (const heading of main.querySelectorAll("h1")) { const h = document.createElement("h3"); h.append(...heading.childNodes); h.tabIndex = -1; heading.replaceWith(h); }
    place.replaceChildren(...main.childNodes);
    said.textContent = reply.ok ? "Done. The result stands below." : "Not done. The reason stands below.";
    const heading = place.querySelector("h3, h2, p");
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); heading.scrollIntoView({ block: "start" }); }
  } catch {
    said.textContent = "The server did not answer. Try again.";
  } finally {
    button.disabled = false;
  }
});
