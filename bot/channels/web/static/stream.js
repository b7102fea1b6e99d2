// Listens to the conversation: server-sent events, taken up again from the last seen, whatever happens between.
const SILENCE = 50000; // the server is heard every 20 seconds; after this long the line is dead
const FIRST_WAIT = 700;
const LONGEST_WAIT = 15000;
const HIDDEN_STAY = 60000;
const HIDDEN_LOOK = 45000;

export class Stream {
  // `told(event, data)`: hello, lines, beat, over; and state: online, connecting, away, offline
  constructor(told) {
    this.told = told;
    this.cursor = "";
    this.wait = FIRST_WAIT;
    addEventListener("online", () => this.start());
    addEventListener("offline", () => this.cut("offline"));
    document.addEventListener("visibilitychange", () => this.seen());
  }

  start() {
    this.cut("connecting");
    if (!navigator.onLine) return void this.told("state", "offline");
    this.call = new AbortController();
    this.run(this.call).catch(() => {});
  }

  cut(state) {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.call?.abort();
    this.call = undefined;
    this.told("state", state);
  }

  stop() {
    this.over = true;
    this.cut("over");
  }

  // A page that nobody looks at gives its connection back, and only looks now and then.
  seen() {
    clearTimeout(this.hiding);
    if (this.over) return;
    if (document.hidden) this.hiding = setTimeout(() => this.rest(), HIDDEN_STAY);
    else if (!this.call) this.start();
  }

  async rest() {
    this.cut("connecting");
    try {
      const answer = await fetch(`chat/lines?after=${this.cursor || 0}`);
      if (answer.ok) {
        const { lines, cursor } = await answer.json();
        this.told("lines", { lines });
        this.cursor = cursor || this.cursor;
      }
    } catch {
      // It is looked again in a moment.
    }
    if (document.hidden) this.hiding = setTimeout(() => this.rest(), HIDDEN_LOOK);
  }

  async run(call) {
    try {
      const headers = { Accept: "text/event-stream", ...(this.cursor && { "Last-Event-ID": this.cursor }) };
      const answer = await fetch("chat/stream", { headers, signal: call.signal, cache: "no-store" });
      if (answer.status === 401) return this.finish(call);
      if (!answer.ok) return this.retry(call, Number(answer.headers.get("Retry-After")) * 1000);
      await this.read(call, answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // The line broke: whatever the reason, it is tried again.
    }
    this.retry(call);
  }

  async read(call, reader) {
    let rest = "";
    for (;;) {
      this.listen(call);
      const { value, done } = await reader.read();
      if (done || call.signal.aborted) return;
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) this.hear(call, event);
    }
  }

  hear(call, text) {
    const event = {};
    for (const line of text.split("\n")) {
      const colon = line.indexOf(": ");
      event[line.slice(0, colon)] = line.slice(colon + 2);
    }
    if (event.event === "over") return this.finish(call);
    this.told(event.event, JSON.parse(event.data));
    if (event.id) this.cursor = event.id;
    if (event.event === "lines") {
      this.wait = FIRST_WAIT;
      this.told("state", "online");
    }
  }

  listen(call) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      call.abort();
      this.retry(call);
    }, SILENCE);
  }

  retry(call, wait = 0) {
    if (this.call !== call) return;
    this.cut(navigator.onLine ? "away" : "offline");
    this.timer = setTimeout(() => this.start(), Math.max(wait, this.wait * (0.75 + Math.random() / 2)));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  finish(call) {
    if (this.call !== call) return;
    this.stop();
    this.told("over");
  }
}
