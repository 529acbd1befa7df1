// Answers in place, sources beside the conversation, copying, sorting, shortcuts.
// Everything here only shortens the way: without this script the same links and forms work.
// Markup comes from this site's own pages alone and is taken in as parsed nodes, never as text.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("ask"), box = byId("q"), status = byId("status");
  const panel = byId("source"), view = byId("source-view");
  const words = form ? form.dataset : {};
  const talks = Boolean(form && panel);
  let opener = null, running = null, shown = location.pathname + location.search;

  const stored = (store, key, value) => {
    try {
      if (value === undefined) return store.getItem(key);
      if (value === null) store.removeItem(key); else store.setItem(key, value);
    } catch { /* storage may be forbidden; then nothing is remembered */ }
    return null;
  };
  const say = (text, bad = false) => {
    if (!status) return;
    status.classList.toggle("bad", bad);
    status.textContent = text;
  };

  class Refused extends Error {
    constructor(response) {
      super(String(response.status));
      this.status = response.status;
      this.seconds = response.headers.get("Retry-After") || "60";
    }
  }
  const take = async (url, options = {}) => {
    const response = await fetch(url, { headers: { Accept: "text/html" }, ...options });
    if (!response.ok) throw new Refused(response);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  };
  const explain = (error) => {
    if (error.name === "AbortError") return;
    if (error.status === 429) say(words.busy.replace("{seconds}", error.seconds), true);
    else say(error instanceof Refused ? words.failed : words.lost, true);
  };
  const fresh = () => {
    if (running) running.abort();
    running = new AbortController();
    const own = running;
    setTimeout(() => own.abort(new DOMException("slow", "TimeoutError")), 20000);
    return own.signal;
  };

  // What only works with this script is shown by it.
  const enhance = (root) => {
    for (const button of root.querySelectorAll("[data-copy], [data-copy-url]")) button.hidden = false;
    for (const link of root.querySelectorAll(".permalink")) link.parentElement.hidden = true;
  };
  const relabel = () => {
    for (const link of document.querySelectorAll("[data-language]")) {
      const url = new URL(location.href);
      url.hash = "";
      url.searchParams.set("lang", link.dataset.language);
      link.href = url.pathname + url.search;
    }
  };
  const arrive = (url, title) => {
    if (url) history.pushState(null, "", url);
    shown = location.pathname + location.search;
    document.title = title;
    relabel();
  };
  // The question box keeps the focus where it stays in sight; else the answer's heading gets it.
  const settle = (turn) => {
    const stays = getComputedStyle(form).position === "sticky" && matchMedia("(pointer: fine)").matches;
    const heading = turn.querySelector(".question");
    if (stays) box.focus({ preventScroll: true }); else heading.focus({ preventScroll: true });
    turn.scrollIntoView({ block: "start" });
    say(turn.dataset.ready);
  };

  // Ask: the last turn alone is fetched and added; the address becomes that of the conversation.
  const ask = async () => {
    box.value = box.value.trim();
    if (!box.value) { say(words.empty, true); box.focus(); return; }
    const query = new URLSearchParams(new FormData(form)).toString();
    if (byId("talk").className !== "talk") { await visit(`${form.getAttribute("action")}?${query}`); return; }
    say(words.searching);
    try {
      const page = await take(`${words.turn}?${query}`, { signal: fresh() });
      const turn = page.querySelector(".turn");
      const address = `${form.getAttribute("action")}?${query}`;
      if (byId(turn.id)) { await visit(address); return; }
      enhance(turn);
      byId("conversation").append(document.adoptNode(turn));
      byId("carried").replaceWith(document.adoptNode(page.getElementById("carried")));
      arrive(address, page.title);
      box.value = "";
      settle(turn);
    } catch (error) { explain(error); }
  };

  // Go to an address of the conversation without leaving the page.
  const visit = async (url, keep = false) => {
    say(words.searching);
    try {
      const page = await take(url, { signal: fresh() });
      for (const id of ["conversation", "carried", "below"]) {
        const part = document.adoptNode(page.getElementById(id));
        byId(id).replaceWith(part);
        enhance(part);
      }
      byId("talk").className = page.getElementById("talk").className;
      form.querySelector("label").textContent = page.querySelector("#ask label").textContent;
      box.value = page.getElementById("q").value;
      shut();
      arrive(keep ? null : url, page.title);
      const turns = document.querySelectorAll(".turn");
      if (turns.length && !box.value && new URL(location.href).searchParams.has("q")) settle(turns[turns.length - 1]);
      else { say(""); box.focus(); box.setSelectionRange(box.value.length, box.value.length); }
    } catch (error) { explain(error); }
  };

  // Sources beside the conversation, where there is room for both.
  const wide = () => matchMedia("(min-width: 64rem)").matches;
  const open = async (url, from) => {
    try {
      const page = await take(url);
      view.replaceChildren(document.adoptNode(page.getElementById("document")));
    } catch (error) { explain(error); return; }
    if (from) {
      if (opener) opener.removeAttribute("aria-expanded");
      opener = from;
      opener.setAttribute("aria-expanded", "true");
    }
    byId("source-own").href = url;
    panel.hidden = false;
    const place = byId("hit") || byId("source-title");
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    const top = place.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    panel.scrollTo({ top: panel.scrollTop + top - panel.clientHeight / 3, behavior: "instant" });
    say(words.opened);
  };
  const shut = () => {
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    view.replaceChildren();
    if (opener) opener.removeAttribute("aria-expanded");
    if (opener && opener.isConnected) opener.focus();
    opener = null;
    return true;
  };
  const close = () => { if (shut()) say(words.closed); };

  const inPanel = (event, link) => {
    const href = link.getAttribute("href");
    if (href.startsWith("#")) {
      const target = byId(href.slice(1));
      target.tabIndex = -1;
      target.focus();
    } else if (new URL(link.href).pathname === new URL(byId("source-own").href).pathname) {
      open(link.href, null);
    } else return;
    event.preventDefault();
  };

  const copy = async (button) => {
    const link = new URL(button.dataset.copyUrl, location.href).href;
    const text = button.dataset.copy ? `${button.dataset.copy}\n${link}` : link;
    try {
      await navigator.clipboard.writeText(text);
      say(words.copied);
    } catch { say(words.notCopied, true); }
  };

  const sort = (link) => {
    const table = link.closest("table"), head = link.closest("th");
    const down = head.getAttribute("aria-sort") === "ascending";
    const order = new Intl.Collator("fi", { numeric: true });
    const text = (row) => row.cells[head.cellIndex].textContent.trim();
    const rows = [...table.tBodies[0].rows].sort((a, b) => order.compare(text(a), text(b)));
    for (const other of head.parentElement.cells) if (other.ariaSort) other.ariaSort = "none";
    head.ariaSort = down ? "descending" : "ascending";
    table.tBodies[0].append(...(down ? rows.reverse() : rows));
  };

  const judge = async (sheet, button) => {
    const data = new URLSearchParams(new FormData(sheet, button));
    try {
      await take(sheet.action, { method: "POST", body: data });
      const thanks = document.createElement("p");
      thanks.textContent = sheet.dataset.thanks;
      thanks.tabIndex = -1;
      sheet.replaceWith(thanks);
      thanks.focus();
    } catch (error) { explain(error); }
  };

  const plain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target || !plain(event)) return;
    if (target.dataset.copyUrl) { copy(target); return; }
    if (target.id === "source-close") { close(); return; }
    if (!talks || target.localName !== "a") return;
    if (view.contains(target)) { inPanel(event, target); return; }
    if (target.matches(".citation")) {
      stored(sessionStorage, "kysy-return", target.id);
      if (wide()) { event.preventDefault(); open(target.href, target); }
    } else if (target.matches(".sort")) { event.preventDefault(); sort(target); }
    else if (target.matches(".choice, .edit, .remove, .new, .samples a")) {
      event.preventDefault();
      const said = target.matches(".remove") ? words.removed : "";
      visit(target.href).then(() => { if (said && !status.classList.contains("bad")) say(said); });
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target === form && talks) { event.preventDefault(); ask(); }
    else if (event.target.matches(".feedback")) { event.preventDefault(); judge(event.target, event.submitter); }
  });
  addEventListener("popstate", () => {
    if (talks && shown !== location.pathname + location.search) visit(location.href, true);
  });

  // Shortcuts, which the reader can turn off (WCAG 2.1.4).
  const toggle = byId("shortcuts");
  const allowed = () => stored(localStorage, "kysy-shortcuts") !== "off";
  const showToggle = () => {
    toggle.textContent = allowed() ? toggle.dataset.on : toggle.dataset.off;
    toggle.hidden = false;
  };
  toggle.addEventListener("click", () => {
    stored(localStorage, "kysy-shortcuts", allowed() ? "off" : null);
    showToggle();
  });
  document.addEventListener("keydown", (event) => {
    if (!allowed() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && box) { event.preventDefault(); box.focus(); }
    if (event.key !== "Escape") return;
    if (talks) close();
    else if (stored(sessionStorage, "kysy-return") && byId("document")) history.back();
  });

  // Back from a source's own page: the focus returns to the citation.
  addEventListener("pageshow", () => {
    if (!talks) return;
    const citation = byId(stored(sessionStorage, "kysy-return") || "");
    stored(sessionStorage, "kysy-return", null);
    if (citation && performance.getEntriesByType("navigation")[0].type === "back_forward") citation.focus();
  });
  showToggle();
  enhance(document);
})();
