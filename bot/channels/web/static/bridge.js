// The page behind a link of a messenger: photos and files for one open question, or all of its choices.
import { at, make, newId, post, say, words } from "./page.js";
import { lighter } from "./photos.js";
import * as queue from "./queue.js";

const KEPT = "bridge-ticket"; // a reload must not need the link again
const rows = new Map(); // id of what is sent -> its row
let ticket = "";
let most = 0;
let have = 0;
let bytes = 10 * 1024 * 1024;

function ticketOfLink() {
  const given = decodeURIComponent(location.hash.slice(1));
  if (!given) return sessionStorage.getItem(KEPT) ?? "";
  sessionStorage.setItem(KEPT, given);
  history.replaceState(null, "", location.pathname + location.search);
  return given;
}

// --- what is shown ----------------------------------------------------------------------------------------------------

function state(text, bad = false) {
  at("state").textContent = text;
  at("state").className = bad ? "bad" : "";
}

function end(title, text, retry = false) {
  for (const part of ["asked", "upload", "pick"]) at(part).hidden = true;
  at("end-title").textContent = title;
  at("end-text").textContent = text;
  at("retry").hidden = !retry;
  at("end").hidden = false;
  state("");
}

function gone(why) {
  const known = ["done", "over", "foreign"].includes(why) ? why : "foreign";
  end(words[`bridge_${known}_title`], words[`bridge_${known}`]);
}

function show(asked) {
  at("end").hidden = true;
  at("asked").hidden = false;
  at("title").textContent = asked.title;
  at("text").textContent = asked.text;
  state(words.online);
  if (asked.purpose === "files") showUpload(asked);
  else showChoices(asked);
}

// --- files ------------------------------------------------------------------------------------------------------------

function showUpload(asked) {
  most = asked.most;
  bytes = asked.bytes;
  at("upload").hidden = false;
  count(asked.have);
}

function count(number) {
  have = number;
  const full = have >= most;
  at("add").hidden = full;
  at("add-words").textContent = have ? words.bridge_more : words.bridge_add;
  at("room").textContent = full ? say("bridge_full", { most }) : have ? say("bridge_room", { have, most }) : "";
  at("back").hidden = full;
}

async function take(files) {
  const coming = [...rows.values()].filter((row) => row.classList.contains("waiting")).length;
  for (const file of files.slice(0, Math.max(0, most - have - coming))) {
    const small = await lighter(file);
    if (small.size > bytes) state(say("too_large", { size: Math.floor(bytes / 1048576) }), true);
    else await queue.put({ kind: "file", file: small, name: small.name, to: "/mo/tep", ticket });
  }
}

function rowOf(item) {
  if (rows.has(item.id)) return rows.get(item.id);
  const photo = item.file.type.startsWith("image/");
  const face = photo ? make("img", { alt: "", src: URL.createObjectURL(item.file) }) : make("b", { text: "·", "aria-hidden": "true" });
  const bar = make("progress", { max: "1", value: "0", "aria-label": item.name });
  const row = make("li", { class: "waiting" }, face, make("div", {}, make("span", { text: item.name }), bar, make("small", { text: words.bridge_sending })));
  rows.set(item.id, row);
  at("sending").append(row);
  return row;
}

function mark(item, text, done) {
  const row = rowOf(item);
  row.querySelector("small").textContent = text;
  if (done === undefined) return;
  row.className = done ? "sent" : "failed";
  row.querySelector("progress").hidden = true;
}

queue.listen((event, item, detail, said) => {
  if (item?.ticket !== ticket) return;
  if (event === "added") rowOf(item);
  else if (event === "progress") {
    rowOf(item).querySelector("progress").value = detail;
    mark(item, words.bridge_sending);
    state(words.online);
  } else if (event === "sent") {
    mark(item, words.bridge_sent, true);
    count(JSON.parse(detail).have);
  } else if (event === "away" || event === "slow") {
    mark(item, words.bridge_waiting);
    state(event === "slow" ? words.slow : navigator.onLine ? words.away : words.offline, true);
  } else if (detail === 410) gone(said);
  else if (event === "failed") mark(item, { 413: words.too_big, 415: words.wrong_type }[detail] ?? words.refused, false);
});

// --- choices ----------------------------------------------------------------------------------------------------------

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const picked = new Set();
const id = newId(); // however often it is sent, it is one answer

function showChoices({ choices, several }) {
  at("pick").hidden = false;
  at("tap").textContent = several ? words.bridge_tap_several : words.bridge_tap;
  const buttons = choices.map(({ label, data }) => {
    const button = make("button", { type: "button", class: "choice", text: label, "aria-pressed": several ? "false" : undefined });
    button.addEventListener("click", () => (several ? toggle(button, data) : send([data])));
    return button;
  });
  at("choices").replaceChildren(...buttons);
  at("search").addEventListener("input", () => {
    const wanted = folded(at("search").value.trim());
    for (const button of buttons) button.hidden = !folded(button.textContent).includes(wanted);
    at("nothing").hidden = buttons.some((button) => !button.hidden);
  });
  at("send").addEventListener("click", () => send([...picked]));
}

function toggle(button, data) {
  if (!picked.delete(data)) picked.add(data);
  button.setAttribute("aria-pressed", picked.has(data));
  at("foot").hidden = !picked.size;
  at("send").textContent = say("bridge_send", { count: picked.size });
}

async function send(picks) {
  state(words.bridge_sending);
  try {
    const answer = await post("/mo/chon", { ticket, id, picks });
    if (answer.status === 410) return gone(await answer.text());
    if (!answer.ok) return state(words.away, true);
    const { picked: label } = await answer.json();
    end(label, words.bridge_picked);
  } catch {
    state(navigator.onLine ? words.away : words.offline, true);
  }
}

// --- start ------------------------------------------------------------------------------------------------------------

async function look() {
  state(words.connecting);
  try {
    const answer = await post("/mo/xem", { ticket });
    if (answer.status === 410) return gone(await answer.text());
    if (answer.ok) {
      show(await answer.json());
      for (const item of await queue.waiting()) if (item.ticket === ticket) rowOf(item);
      return queue.send();
    }
    end(words.bridge_foreign_title, answer.status === 429 ? words.limit : words.unreachable, true);
  } catch {
    end(words.bridge_foreign_title, words.unreachable, true);
  }
}

at("files").addEventListener("change", (event) => {
  const files = [...event.target.files];
  event.target.value = "";
  take(files);
});
at("retry").addEventListener("click", look);
addEventListener("online", () => queue.send());
addEventListener("offline", () => state(words.offline, true));
addEventListener("hashchange", () => location.reload());
ticket = ticketOfLink();
look();
