const net = require("net");
const [host, port] = process.argv.slice(2);
const members = new Set();

net.createServer((me) => {
  let line = Buffer.alloc(0);
  members.add(me);
  me.on("data", (data) => {
    line = Buffer.concat([line, data]);
    const end = line.lastIndexOf("\n") + 1;
    const said = line.subarray(0, end);
    line = line.subarray(end);
    if (!said.length) return;
    for (const other of members) if (other !== me) other.write(said);
  });
  me.on("error", () => me.destroy());
  me.on("close", () => members.delete(me));
}).listen(Number(port), host);
