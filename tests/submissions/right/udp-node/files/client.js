const dgram = require("dgram");
const [host, port, message] = process.argv.slice(2);
const socket = dgram.createSocket(host.includes(":") ? "udp6" : "udp4");
const timer = setTimeout(() => {
  console.error("no answer");
  process.exit(1);
}, 2000);
socket.on("message", (data) => {
  clearTimeout(timer);
  process.stdout.write(data);
  socket.close();
});
socket.send(message, Number(port), host);
