// What waits to be sent, kept on this device until the server has it (in memory where a browser keeps nothing).
const NAME = "waiting";
let opening;
let memory = [];

function open() {
  opening ??= new Promise((done) => {
    try {
      const request = indexedDB.open("chat", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(NAME, { keyPath: "n", autoIncrement: true });
      request.onsuccess = () => done(request.result);
      request.onerror = () => done(null);
      request.onblocked = () => done(null);
    } catch {
      done(null);
    }
  });
  return opening;
}

async function run(mode, work) {
  const database = await open();
  if (!database) return undefined;
  return new Promise((done, fail) => {
    const transaction = database.transaction(NAME, mode);
    const request = work(transaction.objectStore(NAME));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
}

export async function add(item) {
  try {
    if (await open()) return void (await run("readwrite", (store) => store.add(item)));
  } catch {
    // A full disk or a private window: what was typed is kept as long as the page is open.
  }
  memory.push(item);
}

export async function all(place) {
  const kept = (await run("readonly", (store) => store.getAll()).catch(() => [])) ?? [];
  return [...kept, ...memory].filter((item) => item.place === place);
}

export async function drop(id) {
  memory = memory.filter((item) => item.id !== id);
  const kept = (await run("readonly", (store) => store.getAll()).catch(() => [])) ?? [];
  for (const item of kept.filter((one) => one.id === id)) await run("readwrite", (store) => store.delete(item.n));
}

export async function clear(place) {
  for (const item of await all(place)) await drop(item.id);
}
