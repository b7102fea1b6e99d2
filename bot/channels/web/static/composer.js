// Where one types: words, digits, photos and files.
import { at, newId, say, seat, words } from "./page.js";
import { lighter } from "./photos.js";
import * as queue from "./queue.js";

const TYPED = `typed-${seat}`;
const box = at("text");
let most = 10 * 1024 * 1024;
let refuse = () => {};

export const setMost = (bytes) => (most = bytes);

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function typed() {
  fit();
  try {
    localStorage.setItem(TYPED, box.value);
  } catch {
    // Nothing can be kept here; it stays in the box.
  }
}

function send() {
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  typed();
  queue.put({ kind: "text", text });
}

export async function sendFiles(files) {
  const album = files.length > 1 ? newId() : "";
  for (const file of files) {
    const small = await lighter(file);
    const photo = small.type.startsWith("image/") && !/hei[cf]/.test(small.type);
    if (small.size > most) {
      refuse(say("too_large", { size: Math.floor(most / 1048576) }), small.name);
      continue;
    }
    await queue.put({ kind: "file", file: small, name: small.name, photo, album });
  }
}

export function start(told) {
  refuse = told;
  box.value = localStorage.getItem(TYPED) ?? "";
  fit();
  box.addEventListener("input", typed);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  at("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
    box.focus();
  });
  at("files").addEventListener("change", (event) => {
    sendFiles([...event.target.files]);
    event.target.value = "";
  });
  at("keypad").addEventListener("click", keypad);
  box.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      sendFiles([...event.clipboardData.files]);
    }
  });
  at("chat").addEventListener("dragover", (event) => event.preventDefault());
  at("chat").addEventListener("drop", (event) => {
    event.preventDefault();
    sendFiles([...event.dataTransfer.files]);
  });
}

function keypad() {
  const digits = at("keypad").getAttribute("aria-pressed") !== "true";
  at("keypad").setAttribute("aria-pressed", digits);
  at("keypad").textContent = digits ? "abc" : "123";
  at("keypad").setAttribute("aria-label", digits ? words.letters : words.keypad);
  box.inputMode = digits ? "decimal" : "text";
  box.blur();
  box.focus();
}
