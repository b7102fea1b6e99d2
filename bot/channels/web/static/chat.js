// Puts the page together.
import * as composer from "./composer.js";
import * as entry from "./entry.js";
import * as lines from "./lines.js";
import { ask, at, newId, post, seat, words } from "./page.js";
import * as queue from "./queue.js";
import { Stream } from "./stream.js";

const TYPING_MOST = 12000;
const SLOW_STATE = 1200;
const INSIDE = `inside-${seat}`;
let more = false;
let begun = false;
let typing;
let stating;
let stream;

// --- what is heard ----------------------------------------------------------------------------------------------------

const told = {
  hello({ language, most }) {
    localStorage.setItem(INSIDE, "1");
    composer.setMost(most);
    speak(language);
  },
  lines({ lines: came, more: earlier, afresh }) {
    if (afresh) lines.empty();
    if (!begun || afresh) return begin(came, earlier);
    if (came.some((line) => !line.own)) still();
    lines.show(came, { live: true });
    at("begin").hidden = true;
  },
  state(state) {
    clearTimeout(stating);
    // A short break is nobody's business.
    stating = setTimeout(() => state_(state), state === "online" || state === "offline" ? 0 : SLOW_STATE);
    if (state === "online") queue.send();
    else if (!begun && (state === "offline" || state === "away")) showWaiting();
  },
  beat() {},
  over,
};

// Before the conversation could be read there is only what waits on this device.
async function showWaiting() {
  const waiting = await queue.waiting();
  if (begun) return;
  lines.empty();
  for (const item of waiting) lines.wait(item);
}

// The session is no more. Whoever never had one here is only asked for a code.
function over() {
  leaveHere(localStorage.getItem(INSIDE) ? words.over : "");
  localStorage.removeItem(INSIDE);
}

function state_(state) {
  at("state").textContent = words[state] ?? "";
  at("state").className = state === "offline" || state === "away" ? "bad" : "";
}

async function begin(came, earlier) {
  begun = true;
  lines.empty();
  more = earlier;
  at("menu").hidden = Boolean(seat);
  lines.show(came);
  for (const item of await queue.waiting()) lines.wait(item);
  at("begin").hidden = !lines.isEmpty();
  edge();
  lines.began();
  if (seat && lines.isEmpty()) start();
  if (matchMedia("(pointer: fine)").matches && !seat) at("text").focus({ preventScroll: true });
}

// The page speaks the language of the person; the server draws it anew when that has changed.
function speak(language) {
  if (language === document.documentElement.lang || sessionStorage.getItem("spoken") === language) return;
  sessionStorage.setItem("spoken", language);
  document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
}

// --- what is sent -----------------------------------------------------------------------------------------------------

queue.listen((event, item, detail) => {
  if (event === "added") {
    lines.wait(item);
    at("begin").hidden = true;
    if (navigator.onLine) awaits();
  } else if (event === "progress") lines.progress(item, detail);
  else if (event === "sent") lines.change(item, "sent");
  else if (event === "failed") lines.change(item, "failed", { 413: words.too_big, 415: words.wrong_type }[detail] ?? words.refused);
  else if (event === "slow") state_("slow");
  else if (event === "away") still();
  else if (event === "over") over();
});

lines.handle((button, line) => queue.put({ kind: "press", text: button.data, label: button.label, line: line.key }));
const start = () => queue.put({ kind: "press", text: "/start", label: words.begin, line: "" });

function awaits() {
  clearTimeout(typing);
  at("typing").hidden = false;
  lines.toEnd();
  typing = setTimeout(still, TYPING_MOST);
}

function still() {
  clearTimeout(typing);
  at("typing").hidden = true;
}

// --- earlier lines ----------------------------------------------------------------------------------------------------

let loading = false;

async function earlier() {
  if (!more || loading || at("scroll").scrollTop > 400) return;
  loading = true;
  edge();
  try {
    const answer = await fetch(`chat/lines?before=${(lines.oldest() + 1) * 1000}`);
    if (answer.ok) {
      const page = await answer.json();
      more = page.more;
      lines.prepend(page.lines);
    }
  } catch {
    // The next scroll tries again.
  }
  loading = false;
  edge();
}

function edge() {
  at("edge").hidden = lines.isEmpty();
  at("edge").textContent = more ? words.earlier : words.first;
}

// --- leaving ----------------------------------------------------------------------------------------------------------

function leaveHere(text) {
  stream.stop();
  still();
  begun = false;
  entry.show(text);
}

async function leave(everywhere) {
  at("menu").open = false;
  const sure = everywhere ? words.leave_all_sure : words.leave_sure;
  const doing = everywhere ? words.leave_all : words.leave;
  if (!(await ask(sure, [[doing, true], [words.cancel, false]]))) return;
  try {
    const answer = await post("chat/leave", { id: newId(), everywhere });
    if (!answer.ok && answer.status !== 401) return state_("away");
  } catch {
    return state_("away");
  }
  await queue.forgetAll();
  for (const key of ["read-", "typed-", "inside-"]) localStorage.removeItem(key + seat);
  lines.empty();
  leaveHere("");
}

// --- start ------------------------------------------------------------------------------------------------------------

at("leave").addEventListener("click", () => leave(false));
at("leave-all").addEventListener("click", () => leave(true));
at("begin-now").addEventListener("click", start);
at("scroll").addEventListener("scroll", earlier);
document.addEventListener("click", (event) => {
  if (!at("menu").contains(event.target)) at("menu").open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && at("menu").open) {
    at("menu").open = false;
    at("menu").querySelector("summary").focus();
  }
});
composer.start((why, name) => state_text(`${name}: ${why}`));

function state_text(text) {
  at("state").textContent = text;
  at("state").className = "bad";
}

function open() {
  begun = false;
  lines.empty();
  at("chat").hidden = false;
  at("entry").hidden = true;
  stream = new Stream((event, data) => told[event]?.(data));
  stream.start();
}

if (!seat && navigator.serviceWorker) {
  const address = window.trustedTypes?.createPolicy("worker", { createScriptURL: (text) => text }).createScriptURL("/worker.js") ?? "/worker.js";
  navigator.serviceWorker.register(address).catch(() => {}); // without it the page needs a network to open
}
const code = entry.codeOfLink();
entry.onEntered(open);
if (!code) open();
else {
  const answer = await fetch("chat/lines?after=0").catch(() => undefined);
  if (answer?.ok) {
    open();
    entry.enterAgain(code);
  } else entry.enter(code);
}
