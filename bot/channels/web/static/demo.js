// The page of the demo: three people to play, side by side, or by tabs where the screen is narrow.
const { seats } = JSON.parse(document.getElementById("words").textContent);
const tabs = document.getElementById("tabs");
const places = document.getElementById("seats");

function show(chosen) {
  [...tabs.children].forEach((tab, at) => {
    tab.setAttribute("aria-selected", at === chosen);
    tab.tabIndex = at === chosen ? 0 : -1;
    places.children[at].toggleAttribute("data-away", at !== chosen);
  });
}

function make(name, parent, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  parent.append(made);
  return made;
}

seats.forEach((seat, at) => {
  const tab = make("button", tabs, { type: "button", role: "tab", id: `tab-${at}`, "aria-controls": `seat-${at}` }, seat.title);
  tab.addEventListener("click", () => show(at));
  const place = make("section", places, { class: "seat", id: `seat-${at}`, "aria-labelledby": `name-${at}` });
  make("h2", place, { id: `name-${at}` }, seat.title);
  make("iframe", place, { src: `/demo/${seat.name}/`, title: seat.title });
});

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = ([...tabs.children].indexOf(document.activeElement) + step + seats.length) % seats.length;
  show(next);
  tabs.children[next].focus();
});
show(0);
