const net = require("net");
const [host, port] = process.argv.slice(2);
net.createServer({ allowHalfOpen: true }, (socket) => {
  let pending = Buffer.alloc(0);
  socket.on("data", (data) => {
    pending = Buffer.concat([pending, data]);
    while (pending.length >= 4) {
      const length = pending.readUInt32BE(0);
      if (length > 16 << 20) return socket.destroy();
      if (pending.length < 4 + length) return;
      const text = Buffer.from(pending.subarray(4, 4 + length).toString());
      socket.write(Buffer.concat([pending.subarray(0, 4), text]));
      pending = pending.subarray(4 + length);
    }
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
}).listen(Number(port), host);
