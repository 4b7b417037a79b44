const dgram = require("dgram");
const [host, port] = process.argv.slice(2);
const server = dgram.createSocket(host.includes(":") ? "udp6" : "udp4");
server.on("message", (data, from) => {
  server.send(data.toString(), from.port, from.address);
});
server.bind(Number(port), host);
