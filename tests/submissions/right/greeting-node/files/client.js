const net = require("net");
const [host, port, message] = process.argv.slice(2);
const socket = net.connect({ port: Number(port), host, allowHalfOpen: true });
let length = 0;
socket.on("data", (data) => {
  length += data.length;
  process.stdout.write(data);
});
socket.on("end", () => {
  if (length === 0) {
    console.error("no greeting came");
    process.exit(1);
  }
  socket.end(message);
});
socket.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
