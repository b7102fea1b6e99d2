// Draws the conversation. Whatever anybody wrote is set as text, never as markup.
import { at, make, say, seat, words } from "./page.js";

const ROW = 34; // characters up to which choices stand side by side
const NEAR = 120; // pixels from the end that still count as there
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;
// As in the texts themselves: Vietnam's time, wherever the phone thinks it is.
const ZONE = { timeZone: "Asia/Ho_Chi_Minh" };
const clock = new Intl.DateTimeFormat("en-GB", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { ...ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const READ = `read-${seat}`;
const title = document.title;

const box = at("scroll");
const list = at("lines");
const known = new Map(); // key -> element
let unread = 0;
let busy = true; // while what was said before is drawn, nothing counts as new
export let onPress = () => {};
export let onRetry = () => {};
export const handle = (press, retry) => ([onPress, onRetry] = [press, retry]);

const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
export const toEnd = () => (box.scrollTop = box.scrollHeight);
const dayOf = (moment) => day.format(moment);

function dayName(moment) {
  if (dayOf(moment) === dayOf(Date.now())) return words.today;
  if (dayOf(moment) === dayOf(Date.now() - 864e5)) return words.yesterday;
  return dayOf(moment);
}

// --- one line ---------------------------------------------------------------------------------------------------------

function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(from, match.index));
    parts.push(make("a", { href: match[0], target: "_blank", rel: "noopener noreferrer", text: match[0] }));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function fileOf(file) {
  if (file.photo) {
    const photo = make("a", { class: "photo", href: file.url, target: "_blank", rel: "noopener" });
    const image = make("img", { src: file.url, alt: file.name, loading: "lazy" });
    image.addEventListener("load", () => image.dataset.stick && toEnd());
    if (atEnd()) image.dataset.stick = "1";
    photo.append(image);
    return photo;
  }
  const kind = file.name.includes(".") ? file.name.split(".").pop().slice(0, 4) : "·";
  const size = file.size ? make("small", { text: sizeOf(file.size) }) : undefined;
  const label = { href: file.url, download: file.name, "aria-label": say("download", { name: file.name }) };
  return make("a", { class: "file", ...(file.url && label) }, make("b", { "aria-hidden": "true", text: kind }), make("span", { text: file.name }, size));
}

const sizeOf = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

function choicesOf(line) {
  const short = line.buttons.every((one) => one.label.length <= ROW / 2) && line.buttons.reduce((sum, one) => sum + one.label.length + 4, 0) <= ROW;
  const group = make("div", { class: short ? "choices row" : "choices", role: "group" });
  for (const button of line.buttons) {
    const key = button.key && make("span", { class: "key", text: button.key, "aria-hidden": "true" });
    const made = make("button", { type: "button", class: short ? "choice short" : "choice" }, key, make("span", { text: button.label }));
    made.addEventListener("click", () => onPress(button, line));
    group.append(made);
  }
  return group;
}

function drawn(line, state) {
  const bubble = make("div", { class: "bubble" }, make("span", { class: "hidden", text: `${line.own ? words.you : words.assistant}: ` }));
  if (line.title) bubble.append(make("strong", { class: "title", text: line.title }));
  for (const file of line.files ?? []) bubble.append(fileOf(file));
  if (line.text) bubble.append(make("span", { class: "words" }, ...(line.own ? [line.text] : linked(line.text))));
  const when = make("time", { class: "when", datetime: new Date(line.at).toISOString(), text: clock.format(line.at) });
  if (line.own) when.append(make("span", { class: "mark", "aria-hidden": "true" }), make("span", { class: "hidden state" }));
  bubble.append(when);
  const made = make("div", { class: `line${line.own ? " own" : ""}`, "data-key": line.key, tabindex: "-1" }, bubble);
  if (line.buttons) {
    const again = make("button", { type: "button", class: "reopen", text: words.choices });
    again.addEventListener("click", () => made.classList.add("open"));
    made.append(choicesOf(line), again);
  }
  made.line = line;
  if (line.own) mark(made, state);
  return made;
}

function mark(made, state) {
  made.classList.toggle("waiting", state === "waiting");
  made.querySelector(".mark").textContent = { waiting: "🕓", sent: "✓", failed: "!" }[state];
  made.querySelector(".state").textContent = ` (${words[state]})`;
}

// --- the conversation -------------------------------------------------------------------------------------------------

export function show(lines, { live = false, mine = false } = {}) {
  const stay = atEnd();
  let fresh = 0;
  for (const line of lines) fresh += put(line, live) ? 1 : 0;
  settle();
  if (stay || mine) toEnd();
  if (live && fresh) arrived(fresh, stay);
  return fresh;
}

// Gives true for a new line of the assistant's.
function put(line, live) {
  const before = known.get(line.key);
  if (before && line.own) {
    mark(before, "sent");
    before.querySelector("progress")?.remove();
    return false;
  }
  const made = drawn(line, "sent");
  known.set(line.key, made);
  if (before) {
    before.replaceWith(made);
    return false;
  }
  const next = list.querySelector(".waiting");
  if (live && !line.own && unread === 0 && (document.hidden || !atEnd())) {
    list.querySelector(".new")?.remove(); // what was new before has been seen
    list.insertBefore(separator(), next);
  }
  list.insertBefore(made, next);
  return !line.own;
}

export function wait(item) {
  const url = item.file && URL.createObjectURL(item.file);
  const files = item.file && [{ name: item.name, size: item.file.size, url, photo: item.photo }];
  const key = `h${item.id}`;
  if (known.has(key)) return;
  const made = drawn({ key, at: item.at, own: true, text: item.label || item.text, files }, "waiting");
  if (item.file) made.querySelector(".bubble").append(make("progress", { max: 1, value: 0, "aria-label": words.waiting }));
  known.set(key, made);
  list.append(made);
  settle();
  toEnd();
}

export function change(item, state, why) {
  const made = known.get(`h${item.id}`);
  if (!made) return;
  mark(made, state);
  if (state !== "waiting") made.querySelector("progress")?.remove();
  if (state !== "failed") return;
  const drop = make("button", { type: "button", text: words.drop });
  drop.addEventListener("click", () => {
    made.remove();
    known.delete(`h${item.id}`);
  });
  made.querySelector(".bubble").append(make("span", { class: "trouble", role: "alert", text: why }, drop));
}

export function progress(item, share) {
  const bar = known.get(`h${item.id}`)?.querySelector("progress");
  if (bar) bar.value = share;
}

export function prepend(lines) {
  const before = box.scrollHeight;
  const first = list.firstChild;
  for (const line of lines) {
    if (known.has(line.key)) continue;
    const made = drawn(line, "sent");
    known.set(line.key, made);
    list.insertBefore(made, first);
  }
  settle();
  box.scrollTop += box.scrollHeight - before;
}

export function empty() {
  known.clear();
  list.replaceChildren();
  unread = 0;
}

export const oldest = () => list.querySelector(".line")?.line.at;
export const isEmpty = () => known.size === 0;

// The assistant's last line keeps its choices open; whoever was at one of the former goes on from the new line.
function settle() {
  list.querySelectorAll(".day").forEach((one) => one.remove());
  let current = "";
  let last;
  let previous;
  const left = document.activeElement.closest(".choices")?.closest(".line");
  for (const made of list.querySelectorAll(".line")) {
    if (dayOf(made.line.at) !== current) {
      current = dayOf(made.line.at);
      made.before(make("div", { class: "day", text: dayName(made.line.at) }));
    }
    made.classList.toggle("next", previous?.line.own === made.line.own);
    previous = made;
    if (made.line.own) continue;
    last?.classList.toggle("old", Boolean(last.line.buttons));
    last = made;
    made.classList.remove("old");
  }
  digits(last?.line);
  if (left && left !== last) last.focus({ preventScroll: true });
}

function digits(line) {
  const row = at("digits");
  const keys = (line?.buttons ?? []).filter((one) => one.key);
  row.hidden = keys.length === 0;
  row.replaceChildren(
    ...keys.map((one) => {
      const button = make("button", { type: "button", text: one.key, "aria-label": `${one.key}: ${one.label}`, title: one.label });
      button.addEventListener("click", () => onPress(one, line));
      return button;
    }),
  );
}

// --- what was not seen yet --------------------------------------------------------------------------------------------

const separator = () => make("div", { class: "new", role: "separator", text: words.newer });

function arrived(count, stay) {
  if (!document.hidden && stay) return seen();
  unread += count;
  document.title = `(${unread}) ${title}`;
  at("unread").textContent = unread;
  at("down").hidden = !document.hidden && atEnd();
}

export function seen() {
  if (document.hidden || busy) return;
  const last = [...list.querySelectorAll(".line:not(.own)")].pop();
  if (last) localStorage.setItem(READ, last.line.at);
  unread = 0;
  document.title = title;
  at("unread").textContent = "";
}

// After the first drawing: the line between what was read here before, and what was not.
export function began() {
  const read = Number(localStorage.getItem(READ)) || Infinity;
  const first = [...list.querySelectorAll(".line:not(.own)")].find((made) => made.line.at > read);
  first?.before(separator());
  busy = false;
  box.setAttribute("aria-busy", "false");
  if (first) first.scrollIntoView({ block: "center" });
  else toEnd();
  seen();
}

box.setAttribute("aria-busy", "true");
box.addEventListener("scroll", () => {
  at("down").hidden = atEnd();
  if (atEnd()) seen();
});
document.addEventListener("visibilitychange", () => atEnd() && seen());
at("down").addEventListener("click", () => {
  toEnd();
  at("text").focus();
});
new ResizeObserver(() => sticky && toEnd()).observe(box);
let sticky = true;
box.addEventListener("scroll", () => (sticky = atEnd()));
