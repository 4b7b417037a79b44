const net = require("node:net");

const [host, port] = process.argv.slice(2);
const BAR = "|".charCodeAt(0), ESCAPE = "\\".charCodeAt(0), LINE = "\n".charCodeAt(0);

class Fields {
  constructor() { this.clear(); }

  clear() {
    this.done = [];
    this.bytes = 0;
    this.escaped = false;
  }

  add(byte) {
    if (this.escaped) {
      this.escaped = false;
      this.bytes++;
    } else if (byte === ESCAPE) {
      this.escaped = true;
    } else if (byte === BAR) {
      this.done.push(this.bytes);
      this.bytes = 0;
    } else {
      this.bytes++;
    }
  }

  answer() {
    if (this.escaped || this.done.length !== 4) {
      this.escaped = false;
      return "ERR five fields, please\n";
    }
    const body = this.bytes;
    this.clear();
    return `OK ${body}\n`;
  }
}

net.createServer({ allowHalfOpen: true }, (socket) => {
  const fields = new Fields();
  socket.on("data", (data) => {
    let answers = "";
    for (const byte of data) {
      if (byte === LINE) answers += fields.answer();
      else fields.add(byte);
    }
    if (answers) socket.write(answers);
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => socket.destroy());
}).listen(Number(port), host);
