// Briefs: the chosen template's outline in the form, and how far a brief under way is. Asks this server and nothing else.
"use strict";
(() => {
  const outlineOf = (select) => { const chosen = select.selectedOptions[0]; return chosen ? chosen.dataset.outline || "" : ""; };

  function fill(select) {
    const form = select.closest("form"), field = form && form.querySelector("[name=outline]");
    if (!field) return;
    const outlines = [...select.options].map((option) => option.dataset.outline);
    if (field.value === "" || outlines.includes(field.value)) field.value = outlineOf(select); // never over a person's own changes
  }

  document.addEventListener("change", (event) => { if (event.target.matches(".new-brief [name=template]")) fill(event.target); });
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest && event.target.closest(".new-brief");
    if (form) fill(form.querySelector("[name=template]"));
  });

  const doing = document.getElementById("brief-doing");
  async function look() {
    try {
      const reply = await fetch("/briefs/building/" + doing.dataset.job + ".json");
      const job = await reply.json();
      if (job.brief_id) { location.replace("/briefs/" + job.brief_id); return; }
      if (job.problem) { doing.textContent = "Not written. " + job.problem; return; }
      if (doing.textContent !== job.says) doing.textContent = job.says;
    } catch { /* the server may be starting anew: asked again below */ }
    setTimeout(look, 700);
  }
  if (doing) look();
})();
