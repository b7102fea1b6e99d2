// Sends what was typed, in order, once: each message keeps its own id until the server has said that it has it.
import { newId, post, seat } from "./page.js";
import * as store from "./store.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 20000;
let timer;
let wait = FIRST_WAIT;
let listener = () => {};
let running = false;
let again = false;

// `listener(event, item, detail)` is told: added, progress, sent, failed, slow, away, over.
export const listen = (told) => (listener = told);
export const waiting = () => store.all(seat);

export async function put(item) {
  const whole = { id: newId(), place: seat, at: Date.now(), ...item };
  listener("added", whole);
  await store.add(whole);
  send();
}

export async function forget(id) {
  await store.drop(id);
}

export const forgetAll = () => store.clear(seat);

export function send() {
  clearTimeout(timer);
  if (running) {
    again = true;
    return;
  }
  running = true;
  const done = () => {
    running = false;
    if (again) {
      again = false;
      send();
    }
  };
  // Two pages of one browser share what waits: only one of them sends at a time.
  const alone = navigator.locks ? (work) => navigator.locks.request(`send-${seat}`, work) : (work) => work();
  alone(empty).then(done, done);
}

async function empty() {
  for (const item of await waiting()) {
    if (item.failed) continue;
    const outcome = await attempt(item);
    if (outcome === "sent" || outcome === "failed") {
      await store.drop(item.id);
      wait = FIRST_WAIT;
    } else {
      return outcome === "over" ? listener("over") : later(outcome);
    }
  }
}

function later(seconds) {
  clearTimeout(timer);
  timer = setTimeout(send, seconds ? seconds * 1000 : wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

async function attempt(item) {
  let answer;
  try {
    answer = item.file ? await upload(item) : await post("chat/say", body(item));
  } catch {
    listener("away", item);
    return 0;
  }
  if (answer.status === 200) {
    listener("sent", item, answer.text);
    return "sent";
  }
  if (answer.status === 401) return "over";
  if (answer.status === 429) listener("slow", item);
  if (answer.status === 429 || answer.status >= 500) return answer.wait ?? (Number(answer.headers?.get("Retry-After")) || 0);
  listener("failed", item, answer.status, answer.text);
  return "failed";
}

const body = ({ id, kind, text, label, line }) => ({ id, kind, text, ...(kind === "press" ? { label, line } : {}) });

// XMLHttpRequest tells how far an upload has come; fetch does not.
function upload(item) {
  const form = new FormData();
  form.append("file", item.file, item.name);
  const address = `${item.to ?? "chat/files"}?id=${item.id}${item.album ? `&album=${item.album}` : ""}`;
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    if (item.ticket) request.setRequestHeader("X-Ticket", item.ticket);
    request.upload.onprogress = (event) => listener("progress", item, event.loaded / (event.total || 1));
    request.onload = () => done({ status: request.status, text: request.responseText, wait: Number(request.getResponseHeader("Retry-After")) || 0 });
    request.onerror = request.onabort = request.ontimeout = fail;
    request.send(form);
  });
}
