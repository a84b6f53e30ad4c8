// What the chat does in the browser beside Gradio: evidence cards and focus, filling the question box, copying, history (forms: forms.js).
// It sends nothing anywhere but to this server, and puts no text into the page as HTML.
"use strict";
(() => {
  const HISTORY = "adviser-history";
  const MOST = 50;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: block });

  function openCard(id) {
    const card = document.getElementById(id);
    if (!card) return;
    const turn = card.closest("[data-turn]");
    if (turn) for (const each of all("[data-turn]")) each.hidden = each !== turn;
    for (const each of all(".card.chosen")) each.classList.remove("chosen");
    card.classList.add("chosen");
    card.focus({ preventScroll: true });
    show(card, "nearest");
  }

  function box() { return find("#question textarea"); }

  function setBox(words) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), words);
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function fill(words) {
    const area = box();
    if (!area) return;
    openTab(area);
    setBox(words);
    area.focus();
    show(area, "center");
  }

  // A question may be filled in from another tab, such as a gap on the quality page.
  function openTab(area) {
    if (area.offsetParent) return;
    const tab = all("[role=tab]").find((each) => each.textContent.trim() === "Ask");
    if (tab) tab.click();
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  function briefly(button, words) {
    const before = button.dataset.words || button.textContent;
    button.dataset.words = before;
    button.textContent = words;
    say(words);
    setTimeout(() => { button.textContent = before; }, 2500);
  }

  // One quiet live region for what has no place of its own to be announced in.
  let region;
  function say(words) {
    if (!region) {
      region = document.createElement("div");
      region.setAttribute("role", "status");
      region.className = "unseen";
      (find("main") || document.body).append(region);
    }
    region.textContent = words;
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target) return;
    const data = target.dataset;
    if (data.cite) { event.preventDefault(); openCard(data.cite); }
    else if (data.back) {
      const mark = document.getElementById(data.back);
      if (mark) { event.preventDefault(); mark.focus({ preventScroll: true }); show(mark, "center"); }
    }
    else if (data.fill !== undefined) fill(data.fill);
    else if (data.ask !== undefined) { fill(data.ask); setTimeout(() => { const ask = find("#ask"); if (ask) ask.click(); }, 60); }
    else if (data.copy !== undefined) copy(data.copy).then(() => briefly(target, "Copied"));
    else if (data.link !== undefined) copy(new URL(data.link, location.href).href).then(() => briefly(target, "Link copied"));
    else if (data.forget !== undefined) forget(data.forget);
    else if (target.id === "stop") stopped();
    else if (target.id === "fresh") { const status = find("#status"); if (status) status.textContent = told = "A new conversation."; }
    else if (target.matches(".skip") || data.box) { const area = box(); if (area && area.offsetParent) { event.preventDefault(); area.focus(); } }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const card = event.target.closest && event.target.closest(".card");
      const back = card && find("[data-back]", card);
      if (back) back.click();
    }
  });

  // The history of this browser: receipt ids and questions, in this browser only.
  function kept() {
    try { const found = JSON.parse(localStorage.getItem(HISTORY) || "[]"); return Array.isArray(found) ? found : []; } catch { return []; }
  }

  function keep(receipt, question) {
    const before = kept();
    if (before.some((each) => each.receipt === receipt)) return;
    const now = [{ receipt: receipt, question: question }, ...before].slice(0, MOST);
    try { localStorage.setItem(HISTORY, JSON.stringify(now)); } catch { return; }
    drawHistory();
  }

  // All of the history, or the one entry of a receipt.
  function forget(receipt) {
    const rest = receipt === "all" ? [] : kept().filter((each) => each.receipt !== receipt);
    if (rest.length) localStorage.setItem(HISTORY, JSON.stringify(rest)); else localStorage.removeItem(HISTORY);
    drawHistory();
    const next = find(rest.length ? "#history-list a" : ".history summary");
    if (next) next.focus();
    say(receipt === "all" ? "The history of this browser is deleted." : "That question is deleted from the history of this browser.");
  }

  function drawHistory() {
    const list = find("#history-list");
    if (!list) return;
    const items = kept().filter((each) => /^[0-9a-f]{16,32}$/.test(each.receipt)).map((each) => {
      const item = document.createElement("li");
      const anchor = document.createElement("a");
      anchor.href = "/answers/" + each.receipt;
      anchor.textContent = each.question;
      const away = document.createElement("button");
      away.type = "button";
      away.className = "quiet";
      away.dataset.forget = each.receipt;
      away.textContent = "Delete";
      away.setAttribute("aria-label", "Delete from the history: " + each.question);
      item.append(anchor, " ", away);
      return item;
    });
    list.replaceChildren(...items);
    const none = find("#history-none"), wipe = find("[data-forget=all]");
    if (none) none.hidden = items.length > 0;
    if (wipe) wipe.hidden = items.length === 0;
  }

  // Gradio draws the page after this script is read, and redraws parts of it; what it leaves out is put in here.
  let drawn = false;
  function tend() {
    for (const turn of all(".turn[data-receipt]:not([data-kept])")) {
      turn.dataset.kept = "yes";
      if (turn.closest("#conversation, #current")) keep(turn.dataset.receipt, turn.dataset.question);
    }
    arrive();
    const list = find("#history-list");
    if (list && !list.dataset.drawn) { list.dataset.drawn = "yes"; drawHistory(); }
    tell();
    const evidence = find("#evidence-column");
    if (evidence && !evidence.hasAttribute("role")) { evidence.setAttribute("role", "complementary"); evidence.setAttribute("aria-label", "Evidence"); }
    for (const each of all("[data-testid=status-tracker]:not([aria-hidden])")) each.setAttribute("aria-hidden", "true");
    mend();
    if (!drawn && box()) { drawn = true; document.documentElement.dataset.ready = "yes"; }
  }

  // Faults of Gradio's own markup, each with what is missing.
  function mend() {
    const area = box();
    if (area && !area.hasAttribute("aria-describedby")) { area.setAttribute("aria-describedby", "question-hint"); area.setAttribute("maxlength", "8000"); }
  }

  // A question goes from the box into the conversation; when its answer is there, its reader is taken to the start of it,
  // unless they went elsewhere meanwhile.
  let moved = false, last = "";
  for (const name of ["wheel", "touchmove"]) document.addEventListener(name, () => { moved = true; }, { passive: true });
  document.addEventListener("keydown", (event) => { if (/^(Page|Arrow|Home|End|Tab)/.test(event.key)) moved = true; }, true);

  function arrive() {
    const turn = find("#current .turn:not([data-seen])");
    if (!turn) return;
    turn.dataset.seen = "yes";
    if (turn.matches(".waiting")) {
      if (last === turn.dataset.question && find("#current .waiting .sentence")) return;
      last = turn.dataset.question;
      moved = false;
      if (box() && box().value.trim() === last.trim()) setBox("");
      show(turn, "start");
      return;
    }
    last = "";
    const at = document.activeElement;
    if (moved || !(at === document.body || at === box() || at.closest("#ask, #starters, .suggestions"))) return;
    if (at === box() && box().value) return;
    const heading = find(".asked", turn);
    if (heading && turn.dataset.receipt) heading.focus({ preventScroll: true });
    show(turn, "start");
  }

  // One line says what is going on, and is read out when it changes: once when the search starts, once when the answer is there.
  let told = "";
  function tell() {
    const status = find("#status"), turn = find("#current .turn[data-status]");
    if (!status || !turn || turn.dataset.told) return;
    turn.dataset.told = "yes";
    if (told !== turn.dataset.status) status.textContent = told = turn.dataset.status;
  }

  function stopped() {
    setTimeout(() => {
      const waiting = find("#current .turn.waiting"), status = find("#status");
      if (!waiting) return;
      waiting.removeAttribute("aria-busy");
      waiting.classList.remove("waiting");
      find(".doing", waiting).textContent = "Stopped. The question is in the box below.";
      if (box() && !box().value) fill(waiting.dataset.question);
      if (status) status.textContent = told = "Stopped.";
    }, 150);
  }

  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => { planned = false; tend(); });
  }).observe(document.documentElement, { childList: true, subtree: true });
  tend();
})();
