// Coming in: by a link, whose code stands behind the #, or by typing the code.
import { ask, at, newId, post, words } from "./page.js";

let entered = () => {};
const nonces = new Map(); // a code tried again is the same attempt

export const onEntered = (done) => (entered = done);

// Takes the code out of the address at once, so that it is not bookmarked, shared or seen.
export function codeOfLink() {
  const code = location.pathname === "/vao" ? decodeURIComponent(location.hash.slice(1)) : "";
  if (location.hash) history.replaceState(null, "", location.pathname);
  return code.slice(0, 40);
}

export function show(text = "") {
  at("chat").hidden = true;
  at("menu").hidden = true;
  at("state").textContent = "";
  at("entry").hidden = false;
  at("entry-said").textContent = text;
  at("code").focus();
}

function hide() {
  at("entry").hidden = true;
  at("chat").hidden = false;
}

export async function enter(code, anew = true) {
  if (!nonces.has(code)) nonces.set(code, newId());
  at("enter").disabled = true;
  at("entry-said").textContent = "";
  at("enter").textContent = words.entering;
  try {
    const answer = await post("chat/enter", { code, nonce: nonces.get(code), anew, language: document.documentElement.lang });
    if (answer.status === 429) return show(words.limit);
    if (!answer.ok) return show(words.unreachable);
    const { entered: well, said } = await answer.json();
    if (!well) return show(said);
    at("code").value = "";
    hide();
    entered();
  } catch {
    show(words.unreachable);
  } finally {
    at("enter").disabled = false;
    at("enter").textContent = words.enter;
  }
}

// Somebody who is signed in opens a link: is the code for them, or for another person at this browser?
export async function enterAgain(code) {
  const where = await ask(words.here, [
    [words.here_yes, "here"],
    [words.here_no, "anew"],
    [words.cancel, undefined],
  ]);
  if (where) await enter(code, where === "anew");
}

at("entry-form").addEventListener("submit", (event) => {
  event.preventDefault();
  enter(at("code").value.trim());
});
