const net = require("net");
const [host, port] = process.argv.slice(2);
net.createServer((socket) => {
  socket.on("error", () => {});
  socket.resume();
  socket.end("Hello at " + new Date().toISOString() + "\n");
}).listen(Number(port), host);
