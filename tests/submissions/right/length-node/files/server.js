const net = require("net");
const [host, port] = process.argv.slice(2);
net.createServer({ allowHalfOpen: true }, (socket) => {
  let pieces = [];
  let have = 0;
  socket.on("data", (data) => {
    pieces.push(data);
    have += data.length;
    for (;;) {
      if (have < 4) return;
      if (pieces[0].length < 4) pieces = [Buffer.concat(pieces)];
      const length = pieces[0].readUInt32BE(0);
      if (length > 16 << 20) return socket.destroy();
      if (have < 4 + length) return;
      const all = Buffer.concat(pieces);
      socket.write(all.subarray(0, 4 + length));
      pieces = [all.subarray(4 + length)];
      have -= 4 + length;
    }
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
}).listen(Number(port), host);
