// What every part of the page shares: its words, its places, the calls to the server.
export const words = JSON.parse(document.getElementById("words").textContent);
export const seat = document.documentElement.dataset.seat;
export const at = (id) => document.getElementById(id);
export const say = (name, gaps = {}) => words[name].replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);

export function make(name, { text, ...attributes } = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...inside.filter(Boolean));
  return made;
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

export const post = (address, body) =>
  fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// Ask something in a dialogue; gives the chosen value, or undefined when it was closed.
export function ask(text, choices) {
  const dialog = at("ask");
  at("ask-text").textContent = text;
  return new Promise((done) => {
    at("ask-choices").replaceChildren(
      ...choices.map(([label, value]) => {
        const button = make("button", { type: "button", class: "choice", text: label });
        button.addEventListener("click", () => {
          done(value);
          dialog.close();
        });
        return button;
      }),
    );
    dialog.addEventListener("close", () => done(undefined), { once: true });
    dialog.showModal();
  });
}
