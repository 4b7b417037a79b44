const fs = require("fs");
const net = require("net");
const path = process.argv[2];

fs.rmSync(path, { force: true });
net.createServer({ allowHalfOpen: true }, (client) => {
  client.on("error", () => client.destroy());
  client.pipe(client);
}).listen(path);
