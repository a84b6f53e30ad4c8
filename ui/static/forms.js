// The forms of the chat's page: feedback on an answer, documents to add. They go to this server and nowhere else; no text becomes HTML.
"use strict";
(() => {
  const find = (selector, within) => within.querySelector(selector);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(".feedback-form")) { event.preventDefault(); sendFeedback(form); }
    else if (form.matches(".upload-form")) { event.preventDefault(); sendFiles(form); }
  });

  async function sendFeedback(form) {
    const given = new FormData(form);
    const opinion = { receipt_id: form.dataset.receipt, verdict: given.get("verdict"), reasons: given.getAll("reason"), comment: given.get("comment") || "" };
    const sent = find(".sent", form);
    try {
      const reply = await fetch("/v1/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(opinion) });
      if (!reply.ok) throw new Error((await reply.json()).error.message);
      sent.textContent = "Thank you. It is stored with this answer’s receipt.";
      find("[type=submit]", form).disabled = true;
    } catch (error) {
      sent.textContent = "It was not stored. " + error.message;
    }
  }

  function sendFiles(form) {
    const place = form.parentElement, said = find(".upload-said", place), bar = find("progress", place);
    const files = find("input[type=file]", form).files, submit = find("[type=submit]", form);
    if (!files.length) { said.textContent = "Choose at least one file first."; return; }
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    submit.disabled = true;
    find(".upload-report", place).replaceChildren();
    said.textContent = "Sending " + files.length + (files.length === 1 ? " file." : " files.");
    bar.parentElement.hidden = false;
    bar.value = 0;
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value"); // how long reading takes is not known
      said.textContent = "Sent. Reading and indexing; this can take a minute for a long document.";
    });
    request.addEventListener("loadend", () => {
      submit.disabled = false;
      bar.parentElement.hidden = true;
      let reply = null;
      try { reply = JSON.parse(request.responseText); } catch { /* said below */ }
      if (request.status === 200 && reply) showReport(reply, place);
      else said.textContent = "Nothing was added. " + (reply && reply.error ? reply.error.message : "The server did not answer; try again.");
    });
    request.open("POST", "/v1/sources");
    request.send(body);
  }

  const WORDS = { added: "✓ added", replaced: "✓ replaced", unchanged: "✓ here already", failed: "✗ not added" };

  function showReport(reply, place) {
    const failed = reply.files.filter((file) => file.status === "failed").length, good = reply.files.length - failed;
    const passages = reply.passages === 1 ? "1 new passage" : reply.passages + " new passages";
    find(".upload-said", place).textContent = "Done: " + good + " of " + reply.files.length + (reply.files.length === 1 ? " file is" : " files are") + " in the library, with " + passages + ".";
    const report = find(".upload-report", place);
    for (const file of reply.files) report.append(row(file));
    report.closest("table").hidden = false;
  }

  function row(file) {
    // Roles are named because a phone stacks the cells, and a stacked table is no table to a screen reader.
    const line = document.createElement("tr"), name = document.createElement("td");
    line.setAttribute("role", "row");
    name.setAttribute("role", "cell");
    if (file.source_id) {
      const anchor = document.createElement("a");
      anchor.href = "/sources/" + encodeURIComponent(file.source_id);
      anchor.textContent = file.path;
      name.append(anchor);
    } else {
      name.textContent = file.path;
    }
    line.append(name);
    const counted = (number, word) => (number ? number + " " + word + (number === 1 ? "" : "s") : "");
    const found = file.reason || [counted(file.pages, "page"), counted(file.passages, "passage"), ...file.warnings].filter(Boolean).join("; ");
    for (const words of [WORDS[file.status] || file.status, found]) {
      const cell = document.createElement("td");
      cell.setAttribute("role", "cell");
      cell.textContent = words;
      line.append(cell);
    }
    return line;
  }
})();
